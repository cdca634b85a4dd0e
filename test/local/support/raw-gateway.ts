/** A gateway client with no comfort: sends what it is told, keeps what it hears. */
import { inflateSync } from "node:zlib";
import { WebSocket } from "ws";

export interface Frame {
  readonly op: number;
  readonly t: string | null;
  readonly s: number | null;
  readonly d: unknown;
}

export interface RawGateway {
  readonly frames: readonly Frame[];
  send(op: number, d: unknown): void;
  sendText(text: string): void;
  /** The next frame, heard already or to come, that `matches`; each is returned once. */
  next(matches: (frame: Frame) => boolean): Promise<Frame>;
  /** The next event of this name. */
  event(name: string): Promise<Frame>;
  /** Resolves with the close code. */
  readonly closed: Promise<number>;
  close(code?: number): void;
  cut(): void;
}

export interface Identify {
  readonly token: string;
  readonly intents?: number;
  readonly shard?: readonly [number, number];
  readonly compress?: boolean;
}

/** The body of an IDENTIFY. */
export function identifyBody({ token, intents = 0, ...rest }: Identify): object {
  return { token, intents, properties: { os: "linux", browser: "test", device: "test" }, ...rest };
}

/** Connects, and waits for HELLO. */
export async function connectRaw(apiUrl: string, query = "v=10&encoding=json"): Promise<RawGateway> {
  const socket = new WebSocket(`${apiUrl.replace(/^http/, "ws").replace(/\/api$/, "/gateway")}?${query}`);
  const frames: Frame[] = [];
  const taken = new Set<Frame>();
  const waiting = new Set<{ matches: (frame: Frame) => boolean; resolve: (frame: Frame) => void }>();
  socket.on("message", (data, isBinary) => {
    const bytes = Buffer.isBuffer(data) ? data : Buffer.from(data as ArrayBuffer);
    const frame: Frame = JSON.parse((isBinary ? inflateSync(bytes) : bytes).toString());
    frames.push(frame);
    for (const waiter of waiting) {
      if (!waiter.matches(frame)) continue;
      waiting.delete(waiter);
      taken.add(frame);
      waiter.resolve(frame);
      return;
    }
  });
  const closed = new Promise<number>((resolve) => socket.on("close", resolve));
  await new Promise((resolve, reject) => {
    socket.once("open", resolve);
    socket.once("error", reject);
  });
  const next = (matches: (frame: Frame) => boolean): Promise<Frame> => {
    const heard = frames.find((frame) => !taken.has(frame) && matches(frame));
    if (heard !== undefined) {
      taken.add(heard);
      return Promise.resolve(heard);
    }
    return new Promise((resolve) => waiting.add({ matches, resolve }));
  };
  return {
    frames,
    send: (op, d) => socket.send(JSON.stringify({ op, d })),
    sendText: (text) => socket.send(text),
    next,
    event: (name) => next((frame) => frame.t === name),
    closed,
    close: (code) => socket.close(code),
    cut: () => socket.terminate(),
  };
}

/** Connects and identifies, as far as READY. */
export async function loginRaw(apiUrl: string, identify: Identify): Promise<RawGateway & { readonly ready: Frame }> {
  const gateway = await connectRaw(apiUrl);
  gateway.send(2, identifyBody(identify));
  const ready = await gateway.event("READY");
  return { ...gateway, ready };
}
