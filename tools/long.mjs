import { checkPrograms } from "./programs-long.mjs";
import { capture } from "./run.mjs";
const execute = async (...c) => { const { status, output } = await capture(...c); if (status !== 0) throw new Error(output); return output; };
console.log(await checkPrograms({ go: "/tmp/gov/bin/go", gofmt: "/tmp/gofmt" }, execute));
