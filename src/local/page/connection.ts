/**
 * The page's one line to its server: a WebSocket at `/client`, opened again by itself whenever it closes.
 */
import type { ClientEvent, ServerEvent } from "../protocol.ts";

/** Waits between two tries, in milliseconds; the last one repeats. */
const RETRY_DELAYS = [250, 500, 1000, 2000, 4000] as const;

export interface ConnectionEvents {
  /** The server said something. */
  readonly onEvent: (event: ServerEvent) => void;
  /** The line is gone; it is being tried again. */
  readonly onLost: () => void;
}

export interface ServerConnection {
  /** Sends, and says whether it could: false while there is no line. */
  readonly send: (event: ClientEvent) => boolean;
}

/**
 * Connects to the server that the page came from.
 * @param events who is told
 */
export function connect(events: ConnectionEvents): ServerConnection {
  const address = new URL("/client", location.href);
  address.protocol = address.protocol === "https:" ? "wss:" : "ws:";
  let socket: WebSocket;
  let failures = 0;

  const open = () => {
    socket = new WebSocket(address);
    socket.addEventListener("open", () => {
      failures = 0;
    });
    socket.addEventListener("message", (message) => {
      // Both ends are this program, of one version: the form is the protocol's types.
      events.onEvent(JSON.parse(String(message.data)));
    });
    // An error is always followed by a close.
    socket.addEventListener("close", () => {
      events.onLost();
      setTimeout(open, RETRY_DELAYS[failures] ?? RETRY_DELAYS.at(-1));
      failures += 1;
    });
  };
  open();

  return {
    send(event) {
      if (socket.readyState !== WebSocket.OPEN) return false;
      socket.send(JSON.stringify(event));
      return true;
    },
  };
}
