/** A wire to a server that can be cut, and frozen so that neither end notices. For end-to-end tests. */
import { type AddressInfo, connect, createServer, type Socket } from "node:net";

export interface Wire {
  readonly port: number;
  /** Nothing goes through the open connections any more, and nobody is told: as after a router forgot them. */
  freeze(): void;
  close(): Promise<void>;
}

/** @param target - port on this machine */
export async function startWire(target: number, port = 0): Promise<Wire> {
  const sockets = new Set<Socket>();
  const frozen = new Set<Socket>();
  const server = createServer((near) => {
    const far = connect(target, "127.0.0.1");
    let isFirst = true;
    const own = (server.address() as AddressInfo).port;
    near.on("data", (chunk) => {
      if (frozen.has(near)) return;
      // The server answers only to its own address.
      far.write(
        isFirst ? chunk.toString("latin1").replace(`127.0.0.1:${own}`, `127.0.0.1:${target}`) : chunk,
        "latin1",
      );
      isFirst = false;
    });
    far.on("data", (chunk) => {
      if (!frozen.has(near)) near.write(chunk);
    });
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(one);
      one.on("error", () => {});
      one.on("close", () => {
        sockets.delete(one);
        if (!frozen.has(near)) other.destroy();
      });
    }
  });
  await new Promise<void>((resolve) => {
    server.listen(port, "127.0.0.1", resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    freeze() {
      for (const socket of sockets) frozen.add(socket);
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}
