/**
 * A web server of Node's, with limits on how long a client may take.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { StartError } from "./start-error.ts";

/** In milliseconds. */
export interface TimeLimits {
  /** Until all headers are there. */
  readonly headers: number;
  /** Until the whole request is there. */
  readonly request: number;
  /** How long a connection may stay open between two requests. */
  readonly idle: number;
  /** How often the first two are enforced. */
  readonly checks: number;
}

// Together with the time between two checks, whoever is slow is cut off within 25 seconds.
const TIME_LIMITS: TimeLimits = { headers: 10_000, request: 20_000, idle: 20_000, checks: 5_000 };

// Docker kills a container 10 s after SIGTERM.
const DRAIN_MS = 5_000;

/** What a request is answered with. */
export interface HttpAnswer {
  readonly status: number;
  readonly body: string | Buffer;
  /** `text/plain` where none is given. */
  readonly contentType?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface HttpServerOptions {
  /** Answers a request; it rejects only where the request breaks off. */
  readonly answer: (request: IncomingMessage) => HttpAnswer | Promise<HttpAnswer>;
  /** 0 lets the system choose. */
  readonly port: number;
  /** The setting that holds the port, for the operator. */
  readonly portSetting: "PORT" | "METRICS_PORT";
  /** Address to listen on; all of this machine's where none is given. */
  readonly host?: string | undefined;
  readonly timeLimits?: TimeLimits | undefined;
}

/** A running server. */
export interface HttpServer {
  readonly port: number;
  /** Takes no new connections, finishes the requests under way, and cuts off what is not done after five seconds. */
  close(): Promise<void>;
}

/**
 * Starts a server.
 *
 * @throws {StartError} where the port or the address cannot be listened on
 */
export async function startHttpServer(options: HttpServerOptions): Promise<HttpServer> {
  const { answer, port, host, timeLimits = TIME_LIMITS } = options;
  const underWay = new Set<ServerResponse>();
  const respond = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    try {
      send(response, await answer(request));
    } catch {
      // The client is gone, or has sent what no request may hold.
      response.destroy();
    }
  };
  const server = createServer(
    {
      headersTimeout: timeLimits.headers,
      requestTimeout: timeLimits.request,
      keepAliveTimeout: timeLimits.idle,
      connectionsCheckingInterval: timeLimits.checks,
    },
    (request, response) => {
      underWay.add(response);
      response.once("close", () => underWay.delete(response));
      void respond(request, response);
    },
  );
  await listen(server, port, host).catch((error: unknown) => {
    throw describeListenFailure(error, options);
  });
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise((resolve) => {
        // Else a balancer would keep its connection, and go on sending to a process that is about to end.
        for (const response of underWay) if (!response.headersSent) response.setHeader("connection", "close");
        const cutOff = setTimeout(() => server.closeAllConnections(), DRAIN_MS);
        server.close(() => {
          clearTimeout(cutOff);
          resolve();
        });
        server.closeIdleConnections();
      }),
  };
}

function send(
  response: ServerResponse,
  { status, body, contentType = "text/plain; charset=utf-8", headers }: HttpAnswer,
): void {
  response.writeHead(status, {
    "content-type": contentType,
    "content-length": Buffer.byteLength(body),
    ...headers,
  });
  response.end(body);
}

/** The path of a request, without its query. */
export function pathOf({ url = "" }: IncomingMessage): string {
  const end = url.indexOf("?");
  return end < 0 ? url : url.slice(0, end);
}

function listen(server: Server, port: number, host: string | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen({ port, ...(host === undefined ? {} : { host }) }, () => {
      server.removeListener("error", reject);
      resolve();
    });
  });
}

/**
 * What an operator can mend gets a sentence; any other error stays as it is.
 *
 * @param error - as `listen` reports it
 */
export function describeListenFailure(
  error: unknown,
  { port, portSetting, host }: Pick<HttpServerOptions, "port" | "portSetting" | "host">,
): unknown {
  switch (error instanceof Error ? (error as NodeJS.ErrnoException).code : undefined) {
    case "EADDRINUSE":
      return new StartError(
        `Port ${port} is taken by another program. Choose another one: ${portSetting}=${port + 1} npm start`,
      );
    case "EACCES":
      return new StartError(`Port ${port} needs special rights. Choose one above 1023: ${portSetting}=3000 npm start`);
    case "EADDRNOTAVAIL":
    case "ENOTFOUND":
      return new StartError(`HOST: found "${host}", which is no address of this machine. Set another one, or none.`);
    default:
      return error;
  }
}
