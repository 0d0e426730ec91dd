/** A scenario's own words: drawn from a tree that the build made, node by node. */
import type { ComponentChildren } from "preact";
import type { Block, Inline, LinkTarget } from "../../state/scenario-files";
import { type Asking, Question } from "./question";
import "./words.css";

export interface WordsProps {
  readonly blocks: readonly Block[];
  /** The scenario's id, which links to other runs of it begin with. */
  readonly scenario: string;
  /** The label whose lines are lit. */
  readonly label: string | undefined;
  /** The label that stays lit when the pointer has gone. */
  readonly kept: string | undefined;
  /** What the question of the words is answered from, where they may ask one. */
  readonly asking?: Asking;
  /** How many bytes the futures of so many goroutines of a role take, in words; undefined where there is no such run. */
  bytesOf?(role: string, count: number): string | undefined;
  onLabel(label: string | undefined): void;
  /** Keeps a label lit and shows its lines. */
  onKeep(label: string): void;
  onLink(fragment: string): void;
}

export function WordsView(props: WordsProps) {
  return (
    <div class="prose">
      {props.blocks.map((block, index) => (
        <BlockView key={index} block={block} {...props} />
      ))}
    </div>
  );
}

type Links = Omit<WordsProps, "blocks">;

function BlockView({ block, ...links }: { block: Block } & Links) {
  switch (block.type) {
    case "heading": {
      const Heading = `h${block.depth}` as "h1" | "h2" | "h3";
      return (
        <Heading>
          <Inlines inlines={block.children} {...links} />
        </Heading>
      );
    }
    case "paragraph":
      return (
        <p>
          <Inlines inlines={block.children} {...links} />
        </p>
      );
    case "code":
      return (
        <pre>
          <code>{block.text}</code>
        </pre>
      );
    case "question":
      return links.asking ? (
        <Question
          {...links.asking}
          options={block.options}
          back={
            <LinkTo to={{ type: "run", query: "" }} {...links}>
              {links.asking.words.asking.asItOpens}
            </LinkTo>
          }
          tell={({ children }) => <Inlines inlines={children} {...links} />}
        />
      ) : null;
    case "list": {
      const List = block.ordered ? "ol" : "ul";
      return (
        <List>
          {block.items.map((item, index) => (
            <li key={index}>
              {item.map((inner, place) => (
                <BlockView key={place} block={inner} {...links} />
              ))}
            </li>
          ))}
        </List>
      );
    }
  }
}

function Inlines({ inlines, ...links }: { inlines: readonly Inline[] } & Links) {
  return (
    <>
      {inlines.map((inline, index) => (
        <InlineView key={index} inline={inline} {...links} />
      ))}
    </>
  );
}

function InlineView({ inline, ...links }: { inline: Inline } & Links) {
  switch (inline.type) {
    case "text":
      return <>{inline.text}</>;
    case "code":
      return <Code text={inline.text} />;
    case "emphasis":
      return (
        <em>
          <Inlines inlines={inline.children} {...links} />
        </em>
      );
    case "strong":
      return (
        <strong>
          <Inlines inlines={inline.children} {...links} />
        </strong>
      );
    case "link":
      return (
        <LinkTo to={inline.to} {...links}>
          <Inlines inlines={inline.children} {...links} />
        </LinkTo>
      );
  }
}

/** A word of code of so many characters at most has room in any line. */
const LONGEST_UNBROKEN = 24;

/** Code in a sentence: it goes on in the next line between its words, and not after the hyphen of `<-`. */
function Code({ text }: { text: string }) {
  return (
    <code>
      {text.split(/( +)/).map((word, index) =>
        word.includes("-") && word.length <= LONGEST_UNBROKEN ? (
          <span key={index} class="unbroken">
            {word}
          </span>
        ) : (
          word
        ),
      )}
    </code>
  );
}

function LinkTo({
  to,
  scenario,
  label,
  kept,
  onLabel,
  onKeep,
  onLink,
  bytesOf,
  children,
}: { to: LinkTarget; children: ComponentChildren } & Links) {
  switch (to.type) {
    case "label":
      return (
        // biome-ignore lint/a11y/useSemanticElements: a button's box does not break with the lines of a text
        <span
          class={label === to.label ? "to-lines is-lit" : "to-lines"}
          role="button"
          tabIndex={0}
          aria-pressed={kept === to.label}
          onMouseEnter={() => onLabel(to.label)}
          onMouseLeave={() => onLabel(undefined)}
          onFocus={() => onLabel(to.label)}
          onBlur={() => onLabel(undefined)}
          onClick={() => onKeep(to.label)}
          onKeyDown={(event) => {
            if (event.key !== "Enter" && event.key !== " ") return;
            event.preventDefault();
            onKeep(to.label);
          }}
        >
          {children}
        </span>
      );
    case "run": {
      const fragment = to.query ? `#/${scenario}?${to.query}` : `#/${scenario}`;
      return (
        <a
          class="to-run"
          href={fragment}
          onClick={(event) => {
            if (event.ctrlKey || event.metaKey || event.shiftKey) return;
            event.preventDefault();
            onLink(fragment);
          }}
        >
          {children}
        </a>
      );
    }
    case "bytes":
      return <>{bytesOf?.(to.role, to.count) ?? children}</>;
    case "web":
      return (
        <a href={to.url} rel="noreferrer" target="_blank">
          {children}
        </a>
      );
  }
}
