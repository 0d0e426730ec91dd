/** What opens a file when it is pressed. */
export interface OpenFileProps {
  readonly text: string;
  readonly look: string;
  readonly testid: string;
  onOpen(file: File): void;
}

export function OpenFile({ text, look, testid, onOpen }: OpenFileProps) {
  return (
    <label class={look}>
      {text}
      <input
        class="unseen"
        type="file"
        accept=".json,application/json"
        data-testid={testid}
        onChange={(event) => {
          const [file] = event.currentTarget.files ?? [];
          if (file) onOpen(file);
        }}
      />
    </label>
  );
}
