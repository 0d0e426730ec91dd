/** The element that embeds a run in somebody else's page, as text to be copied. */

/** Tall enough for the transport, the sentence and about eight lanes. */
const HEIGHT_PX = 420;

export function iframeOf(url: string, title: string): string {
  return `<iframe src="${escaped(url)}" title="${escaped(title)}" width="100%" height="${HEIGHT_PX}" loading="lazy" style="border: 0"></iframe>`;
}

function escaped(text: string): string {
  return text.replace(/&/g, "&amp;").replace(/"/g, "&quot;").replace(/</g, "&lt;").replace(/>/g, "&gt;");
}
