/** A refused call as the portal shows it (RFC 9457). */
export interface ApiProblem {
  readonly status: number
  readonly code: string
  readonly title: string
  readonly issues?: readonly { readonly path: string; readonly message: string }[]
}

export class ApiError extends Error {
  readonly problem: ApiProblem
  constructor(problem: ApiProblem) {
    super(problem.title)
    this.problem = problem
  }
}

type Query = Readonly<Record<string, string | number | boolean | undefined | readonly string[]>>

/** `/api/x?a=1&a=2`; undefined values are left out. */
export function address(path: string, query: Query = {}): string {
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries(query))
    for (const item of Array.isArray(value) ? value : [value]) if (item !== undefined) search.append(name, String(item))
  const text = search.toString()
  return text ? `${path}?${text}` : path
}

interface Options {
  readonly headers?: Readonly<Record<string, string>>
  readonly signal?: AbortSignal
}

/** The answer of a call that was taken. @throws ApiError */
async function send(method: string, path: string, body: unknown, { headers, signal }: Options = {}): Promise<Response> {
  const isForm = body instanceof FormData
  const answer = await fetch(path, {
    method,
    headers: {
      'accept-language': document.documentElement.lang || 'zh',
      ...(body === undefined || isForm ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: isForm ? body : JSON.stringify(body) }),
    ...(signal ? { signal } : {}),
  }).catch(() => {
    const lost =
      document.documentElement.lang === 'en'
        ? 'No connection to the server; check the network and try again'
        : '连接不上服务器，请检查网络后重试'
    throw new ApiError({ status: 0, code: 'offline', title: lost })
  })
  if (answer.ok) return answer
  throw new ApiError(
    isJson(answer) ? await answer.json() : { status: answer.status, code: 'unknown', title: answer.statusText },
  )
}

const isJson = (answer: Response) => answer.headers.get('content-type')?.includes('json') ?? false

async function call<T>(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<T> {
  const answer = await send(method, path, body, { headers })
  if (answer.status === 204) return undefined as T
  return (isJson(answer) ? await answer.json() : await answer.text()) as T
}

/** Reads an answer of JSON lines as they come. */
async function lines<T>(path: string, body: unknown, signal: AbortSignal, take: (line: T) => void): Promise<void> {
  const answer = await send('POST', path, body, { signal })
  const reader = answer.body?.pipeThrough(new TextDecoderStream()).getReader()
  let rest = ''
  for (;;) {
    const { done, value } = (await reader?.read()) ?? { done: true, value: undefined }
    if (done) return
    const whole = `${rest}${value}`.split('\n')
    rest = whole.pop() ?? ''
    for (const line of whole) take(JSON.parse(line) as T)
  }
}

/** Saves an answer as a file of the reader. */
async function file(path: string, body: unknown, name: string): Promise<void> {
  const answer = await send('POST', path, body)
  const link = document.createElement('a')
  link.href = URL.createObjectURL(await answer.blob())
  link.download = name
  link.click()
  URL.revokeObjectURL(link.href)
}

const purposeHeader = (purpose: string | undefined): Record<string, string> =>
  purpose ? { 'x-purpose': encodeURIComponent(purpose) } : {}

/** The portal's only way to the server. Purposes of reads of personal data go into the header `x-purpose`. */
export const api = {
  get: <T>(path: string, query?: Query, purpose?: string) =>
    call<T>('GET', address(path, query), undefined, purposeHeader(purpose)),
  post: <T>(path: string, body: unknown = {}, purpose?: string) => call<T>('POST', path, body, purposeHeader(purpose)),
  put: <T>(path: string, body: unknown = {}) => call<T>('PUT', path, body),
  patch: <T>(path: string, body: unknown = {}) => call<T>('PATCH', path, body),
  delete: <T>(path: string) => call<T>('DELETE', path),
  lines,
  file,
}
