/** What the list of chapters says of the TCP chapter. The rest of its words is loaded with it. */
import type { Words } from "../core/wire";

/** The chapter as the list of chapters names it. */
export const TCP_PLACE: Readonly<Record<"chapter" | "title" | "claim", Words>> & { readonly id: string } = {
  id: "tcp-clock",
  chapter: { en: "TCP, for real", zh: "真实的 TCP" },
  title: { en: "A clock server and its clients", zh: "时钟服务器与它的客户端" },
  claim: {
    en: "One slow client stops everybody, and one that leaves takes the whole server with it.",
    zh: "一个慢客户端让所有人等待，一个离开的客户端会带走整个服务器。",
  },
};
