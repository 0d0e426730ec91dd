/** How a session opens. */
import { opening, type Viewport } from "../viewport";

/**
 * More than a run has: what a server does to a connection, such as write and sleep, follows right on each other on one
 * lane, and next to it comes what went wrong, whose cross is wider than a mark.
 */
const COMFORTABLE_PIXELS_PER_EVENT = 20;
export function sessionOpening(events: number, at: number, pixels: number): Viewport {
  return opening(events, at, pixels, COMFORTABLE_PIXELS_PER_EVENT);
}
