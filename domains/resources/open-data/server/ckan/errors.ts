import { ProductError, words } from '#runtime'

/** A refusal in CKAN's own form; `error` is the object that its clients read. */
export class CkanError extends ProductError {
  readonly status: number
  readonly error: Readonly<Record<string, unknown>>

  constructor(status: number, error: Readonly<Record<string, unknown>>) {
    const text = String(error.message ?? JSON.stringify(error))
    super('ckan', words(text, text))
    this.status = status
    this.error = error
  }
}

export const ckanInvalid = (parameter: string, message: string): CkanError =>
  new CkanError(409, { __type: 'Validation Error', [parameter]: [message] })

export const ckanNotFound = (message = 'Not found'): CkanError =>
  new CkanError(404, { __type: 'Not Found Error', message })

export const ckanDenied = (message: string): CkanError =>
  new CkanError(403, { __type: 'Authorization Error', message: `Access denied: ${message}` })

/** What the product refused, as CKAN would have said it. */
export function asCkan(error: unknown): CkanError | undefined {
  if (error instanceof CkanError) return error
  if (!(error instanceof ProductError) || error.status >= 500) return undefined
  if (error.status === 404) return ckanNotFound(error.words.en)
  if (error.status === 403) return ckanDenied(error.words.en)
  return ckanInvalid('query', error.words.en)
}
