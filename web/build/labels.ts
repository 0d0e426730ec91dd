/**
 * A source file as the page shows it: its lines, and the labels that tie lines of the two languages together.
 *
 * A line may end with a label comment, `//= some-label`, or several labels apart by spaces. The comment is taken off, and
 * line numbers stay what they are in the file.
 */
import type { SourceFile } from "../src/state/scenario-files";

const LABELS = /\s*\/\/=\s*(.*)$/;
const LABEL = /^[a-z][a-z0-9-]*$/;

/** Throws where a label comment is not made of labels, naming the line. */
export function readSource(text: string): SourceFile {
  const labels: Record<string, number[]> = {};
  const lines = text
    .replace(/\r\n/g, "\n")
    .replace(/\n+$/, "")
    .split("\n")
    .map((line, index) => {
      const found = LABELS.exec(line);
      if (!found) return line.trimEnd().replace(/\t/g, "    ");
      for (const label of (found[1] ?? "").trim().split(/\s+/)) {
        if (!LABEL.test(label)) throw new Error(`line ${index + 1}: "${label}" is not a label: a-z, 0-9 and - only`);
        labels[label] = [...(labels[label] ?? []), index + 1];
      }
      return line.slice(0, found.index).trimEnd().replace(/\t/g, "    ");
    });
  return { lines, labels };
}
