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

async function call<T>(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<T> {
  const isForm = body instanceof FormData
  const answer = await fetch(path, {
    method,
    headers: {
      'accept-language': document.documentElement.lang || 'zh',
      ...(body === undefined || isForm ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: isForm ? body : JSON.stringify(body) }),
  }).catch(() => {
    const lost =
      document.documentElement.lang === 'en'
        ? 'No connection to the server; check the network and try again'
        : '连接不上服务器，请检查网络后重试'
    throw new ApiError({ status: 0, code: 'offline', title: lost })
  })
  if (answer.status === 204) return undefined as T
  const isJson = answer.headers.get('content-type')?.includes('json')
  if (!answer.ok)
    throw new ApiError(
      isJson ? await answer.json() : { status: answer.status, code: 'unknown', title: answer.statusText },
    )
  return (isJson ? await answer.json() : await answer.text()) as T
}

/** The portal's only way to the server. Purposes of reads of personal data go into the header `x-purpose`. */
export const api = {
  get: <T>(path: string, query?: Query, purpose?: string) =>
    call<T>('GET', address(path, query), undefined, purpose ? { 'x-purpose': encodeURIComponent(purpose) } : {}),
  post: <T>(path: string, body: unknown = {}) => call<T>('POST', path, body),
  put: <T>(path: string, body: unknown = {}) => call<T>('PUT', path, body),
  patch: <T>(path: string, body: unknown = {}) => call<T>('PATCH', path, body),
  delete: <T>(path: string) => call<T>('DELETE', path),
}
