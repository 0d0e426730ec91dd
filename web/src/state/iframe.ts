/** The element that embeds a run in somebody else's page, as text to be copied. */

/** Tall enough for the transport, the sentence and about eight lanes. */
const HEIGHT_PX = 420;
/** Two runs have as many lanes each. */
const HEIGHT_OF_TWO_PX = 720;

/** `comparing`: two runs stand beside each other. */
export function iframeOf(url: string, title: string, comparing: boolean): string {
  const height = comparing ? HEIGHT_OF_TWO_PX : HEIGHT_PX;
  return `<iframe src="${escaped(url)}" title="${escaped(title)}" width="100%" height="${height}" loading="lazy" style="border: 0"></iframe>`;
}

function escaped(text: string): string {
  return text.replace(/&/g, "&amp;").replace(/"/g, "&quot;").replace(/</g, "&lt;").replace(/>/g, "&gt;");
}
