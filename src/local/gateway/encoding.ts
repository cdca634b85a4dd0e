/**
 * How texts travel over a gateway socket.
 *
 * @see https://docs.discord.com/developers/events/gateway#encoding-and-compression
 */
import { constants, createDeflate, deflateSync } from "node:zlib";
import type { WebSocket } from "ws";

/** Below this, compressing a single payload saves nothing. */
const PAYLOAD_COMPRESSION_MIN_CHARS = 1024;

/** `transport`: one zlib stream for the connection's whole life. `payload`: each large message by itself. */
export type Compression = "none" | "transport" | "payload";

/** A function that sends texts over the socket in this form. */
export function createSender(socket: WebSocket, compression: Compression): (json: string) => void {
  switch (compression) {
    case "none":
      return (json) => socket.send(json);
    case "payload":
      return (json) => socket.send(json.length < PAYLOAD_COMPRESSION_MIN_CHARS ? json : deflateSync(json));
    case "transport": {
      // Each text is flushed as one chunk, so large that the mark which ends it is never torn apart.
      const stream = createDeflate({ flush: constants.Z_SYNC_FLUSH, chunkSize: 1024 * 1024 });
      stream.on("data", (chunk: Buffer) => socket.send(chunk));
      socket.once("close", () => stream.close());
      return (json) => void stream.write(json);
    }
  }
}
