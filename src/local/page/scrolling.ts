/**
 * Where the messages are scrolled to. The latest is kept in view as long as nobody has scrolled away from it; of one that
 * is taller than the window its beginning is shown, as that is where one starts to read.
 */

/** Distance from the end, in pixels, that still counts as being there. */
const SLACK = 48;
/** Room above a message that is brought into view, in pixels. */
const ROOM = 12;

export interface Follower {
  /** Follow from now on, wherever the person had scrolled to: they wrote something, or changed the channel. */
  readonly follow: () => void;
  /** Brings the beginning of a message into view, if it lies above. */
  readonly reveal: (messageId: string) => void;
}

/**
 * Follows the latest message.
 * @param scroller the element that scrolls; the messages are its first child
 */
export function followLatest(scroller: HTMLElement): Follower {
  let following = true;
  let latest: Element | null = null;
  let last = 0;

  const place = (element: Element) =>
    element.getBoundingClientRect().top - scroller.getBoundingClientRect().top + scroller.scrollTop - ROOM;
  const newest = () => [...scroller.querySelectorAll(".message")].at(-1) ?? null;
  const end = () => scroller.scrollHeight - scroller.clientHeight;
  const target = () => {
    const message = newest();
    return message === null ? end() : Math.max(0, Math.min(end(), place(message)));
  };
  const settle = () => {
    if (!following) return;
    const goal = target();
    if (newest() !== latest || scroller.scrollTop < goal) scroller.scrollTop = goal;
    latest = newest();
  };

  scroller.addEventListener("scroll", () => {
    // Only who scrolls up leaves the latest message: what is added below has not moved anything yet.
    if (scroller.scrollTop >= target() - SLACK) following = true;
    else if (scroller.scrollTop < last) following = false;
    last = scroller.scrollTop;
  });
  const resizes = new ResizeObserver(settle);
  resizes.observe(scroller);
  if (scroller.firstElementChild !== null) resizes.observe(scroller.firstElementChild);

  return {
    follow() {
      following = true;
      latest = null;
      settle();
    },
    reveal(messageId) {
      const message = scroller.querySelector(`[data-message-id="${CSS.escape(messageId)}"]`);
      if (message !== null && place(message) < scroller.scrollTop) scroller.scrollTop = Math.max(0, place(message));
    },
  };
}
