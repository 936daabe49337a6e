import { ProductError, Unavailable, words } from '#runtime'

/** What a source says when it cannot be reached or breaks off, without anything that may hold a secret. */
export function asAway(error: unknown): unknown {
  if (error instanceof ProductError) return error
  const { code, message } = error as { code?: string; message?: string }
  const said = `${code ? `${code}: ` : ''}${(message ?? '').slice(0, 300)}`
  return new Unavailable(
    'source-away',
    words(`来源系统没有正常应答（${said}）`, `The source does not answer as it should (${said})`),
  )
}

/** Runs something with a source; what goes wrong there is told as the source's. */
export async function atSource<T>(run: () => Promise<T>): Promise<T> {
  try {
    return await run()
  } catch (error) {
    throw asAway(error)
  }
}
