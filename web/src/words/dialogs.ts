/** The words of the dialogs that share and that list the keys, loaded with them. */
import type { Language } from "../core/wire";
import { grouped } from "./numbers";

const en = {
  share: {
    title: "Share this moment",
    help: "This link runs the same program with the same choices anywhere.",
    moment: (at: number, events: number) => `Open at this moment, step ${grouped(at)} of ${grouped(events)}`,
    link: "Link",
    markdown: "Markdown",
    files: "Save as a file",
    saveTrace: "Trace (JSON)",
    saveChrome: "For Perfetto (JSON)",
    base: "Links begin with (where the page is for your readers)",
    badBase: "This is no address of a page, such as https://example.org/chanscope/. Links begin as before.",
    ownMachine: "This link opens on this machine alone. Say below where the page is for your readers.",
    savePicture: (kind: string) => `Timeline (${kind})`,
    openFile: "Open a trace from a file …",
    iframe: "To embed in a page",
    copy: "Copy",
    copied: "Copied",
    copyByHand: "Selected: press Ctrl+C or ⌘C",
  },
  keys: {
    does: {
      step: "one step back, one step forward",
      ten: "ten steps back, ten steps forward",
      ends: "to the start, to the end",
      find: "to the next, to the previous event of what is followed",
      lines: "in the program: from line to line, to the next event of one",
      play: "play, pause",
      hand: "decide by hand",
      zoom: "zoom the timeline; 0 shows the whole run",
      outcomes: "what can happen",
      share: "share this moment",
      help: "these keys",
    },
    mouse:
      "On the timeline: drag to pan, Ctrl and wheel to zoom, Shift and wheel to pan, click to go there and to mark the span.",
    letters: "Keys of one letter",
    lettersHelp:
      "Where they are off, letters, signs and digits do nothing by themselves, for those who speak to their machine. Everything they do has a button.",
    touch: "By touch: drag to pan, two fingers to zoom, tap to go there and to mark the span.",
  },
};

/** Every string of them. A language that lacks one does not compile. */
export type DialogWords = typeof en;

const zh: DialogWords = {
  share: {
    title: "分享这一刻",
    help: "这个链接在任何地方都会以同样的选择运行同样的程序。",
    moment: (at, events) => `打开时停在这一刻：第 ${grouped(at)} 步，共 ${grouped(events)} 步`,
    link: "链接",
    markdown: "Markdown",
    files: "保存为文件",
    saveTrace: "轨迹（JSON）",
    saveChrome: "供 Perfetto 使用（JSON）",
    base: "链接以此开头（读者访问页面的地址）",
    badBase: "这不是网页地址，例如 https://example.org/chanscope/。链接仍以原来的地址开头。",
    ownMachine: "此链接只能在本机打开。请在下方填写读者所用的网页地址。",
    savePicture: (kind) => `时间线（${kind}）`,
    openFile: "打开轨迹文件……",
    iframe: "嵌入网页",
    copy: "复制",
    copied: "已复制",
    copyByHand: "已选中：请按 Ctrl+C 或 ⌘C",
  },
  keys: {
    does: {
      step: "后退一步，前进一步",
      ten: "后退十步，前进十步",
      ends: "到开头，到结尾",
      find: "到所跟踪对象的下一个、上一个事件",
      lines: "在程序中：逐行移动，到该行的下一个事件",
      play: "播放，暂停",
      hand: "手动决定",
      zoom: "缩放时间线；0 显示整个运行",
      outcomes: "会发生什么",
      share: "分享这一刻",
      help: "显示这些按键",
    },
    mouse: "在时间线上：拖动平移，Ctrl 加滚轮缩放，Shift 加滚轮平移，点击跳到该处并标记区段。",
    letters: "单字母快捷键",
    lettersHelp: "关闭后，单独的字母、符号和数字不再起作用，方便用语音操作的人。它们能做的事都有相应的按钮。",
    touch: "触摸时：拖动平移，双指缩放，点按跳到该处并标记区段。",
  },
};

const DIALOGS: Readonly<Record<Language, DialogWords>> = { en, zh };

/** The dialogs in a language. */
export function dialogsIn(language: Language): DialogWords {
  return DIALOGS[language];
}
