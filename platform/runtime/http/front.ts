import { once } from 'node:events'
import { createServer, type RequestListener, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { StartError } from '../errors.ts'
import { preferredLanguage, words } from '../words.ts'

/** The open port, from the first instant of the start to the last of the stop. */
export interface Front {
  /** `http://127.0.0.1:8080` */
  readonly address: string
  /** From now on calls are answered by the program. */
  serve(listener: RequestListener): void
  /** Takes no more calls and lets those under way end, at most so long. */
  close(graceMs: number): Promise<void>
}

const STARTING = words('系统正在启动，请稍候', 'Starting; please wait a moment')
const RETRY_SECONDS = 2
/** A little longer than the usual minute of a load balancer, so that it is never the program that closes first. */
const KEEP_ALIVE_MS = 72_000

/**
 * Opens the port before anything else is started, so that machines and people are told that it starts: 200 on
 * /healthz, else 503. @throws StartError when the address cannot be had
 */
export async function openFront(host: string, port: number): Promise<Front> {
  let listener: RequestListener = ({ url, headers }, response) => {
    if (url === '/healthz') send(response, 200, 'application/json', JSON.stringify({ alive: true }))
    else if (headers.accept?.includes('text/html')) send(response, 503, 'text/html; charset=utf-8', waitingPage())
    else send(response, 503, 'application/problem+json', startingProblem(headers['accept-language']))
  }
  const server = createServer({ keepAliveTimeout: KEEP_ALIVE_MS, requestTimeout: 0 }, (request, response) =>
    listener(request, response),
  )
  try {
    server.listen(port, host)
    await once(server, 'listening')
  } catch (error) {
    throw new StartError(whyNot(error, host, port))
  }
  return {
    address: addressOf(server.address() as AddressInfo),
    serve: (next) => {
      listener = next
    },
    close: async (graceMs) => {
      const closed = new Promise<void>((done) => server.close(() => done()))
      await Promise.race([closed, sleep(graceMs, undefined, { ref: false })])
      server.closeAllConnections()
      await closed
    },
  }
}

function whyNot(error: unknown, host: string, port: number): string {
  const { code, message } = error as { code?: string; message: string }
  if (code === 'EADDRINUSE') return `PORT ${port} is in use by another program on ${host}; set PORT to a free one.`
  if (code === 'EACCES') return `PORT ${port} may not be opened by this account; set PORT to one above 1023.`
  return `HOST is "${host}" but cannot be listened on: ${message}.`
}

const EVERY = new Set(['0.0.0.0', '::'])

const addressOf = ({ address, family, port }: AddressInfo): string =>
  `http://${EVERY.has(address) ? '127.0.0.1' : family === 'IPv6' ? `[${address}]` : address}:${port}`

function send(response: ServerResponse, status: number, type: string, body: string): void {
  const wait = status === 503 ? { 'retry-after': String(RETRY_SECONDS) } : {}
  response.writeHead(status, { 'content-type': type, 'cache-control': 'no-store', ...wait }).end(body)
}

const startingProblem = (language: string | undefined): string =>
  JSON.stringify({
    type: '/problems/starting',
    title: STARTING[preferredLanguage(language)],
    status: 503,
    code: 'starting',
  })

const waitingPage = (): string =>
  `<!doctype html><html lang="zh-CN"><meta charset="utf-8"><meta http-equiv="refresh" content="${RETRY_SECONDS}">
<meta name="viewport" content="width=device-width"><title>岱宗 Daizong</title>
<body style="font-family:system-ui,sans-serif;text-align:center;padding-top:30vh"><p>${STARTING.zh}</p><p lang="en">${STARTING.en}</p>`
