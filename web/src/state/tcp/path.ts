/** What tells the TCP chapter's addresses from those of runs. What is in them is read by code that is loaded with the chapter. */

export const TCP_PATH = "#/tcp-clock";

/** Whether a fragment is an address of the chapter. */
export function isTcpAddress(fragment: string): boolean {
  return fragment.split("?", 1)[0] === TCP_PATH;
}
