import type { FastifyRequest } from 'fastify'
import type { App } from '../app.ts'
import type { Language } from '../words.ts'

/** What a page says of itself before any script runs. Texts are plain; the server escapes them. */
export interface PageText {
  readonly title: string
  readonly description: string
  /** schema.org, as JSON-LD. */
  readonly jsonLd?: object
  /** The same thing in other forms: links in the head, and where a reader is sent who asks for that type. */
  readonly alternates?: readonly { readonly type: string; readonly href: string }[]
  /** Links shown to readers without scripts. */
  readonly links?: readonly { readonly text: string; readonly href: string }[]
}

/** The head of one public page of the portal. */
export interface PageHead {
  /** Path of the page with `$` parameters, as in the module's `portal/pages.ts`. */
  readonly path: string
  /** Undefined where there is no such thing: the page then answers 404. */
  text(params: Readonly<Record<string, string>>, call: HeadCall): Promise<PageText | undefined>
}

export interface HeadCall {
  /** Address of the program as the public sees it. */
  readonly base: string
  readonly language: Language
}

/** The head of a path and its parameters. */
export function matchHead(
  heads: readonly PageHead[],
  path: string,
): { readonly head: PageHead; readonly params: Record<string, string> } | undefined {
  const parts = path.split('/')
  for (const head of heads) {
    const wanted = head.path.split('/')
    if (wanted.length !== parts.length) continue
    if (!wanted.every((part, at) => part.startsWith('$') || part === parts[at])) continue
    const named = wanted.flatMap((part, at) => (part.startsWith('$') ? [[part.slice(1), parts[at] ?? '']] : []))
    return { head, params: Object.fromEntries(named) as Record<string, string> }
  }
  return undefined
}

const HOST = /^[a-z0-9.-]+(:\d{1,5})?$|^\[[0-9a-f:]+\](:\d{1,5})?$/i

/** Address of the program for links that leave it: as set, else as called. */
export function publicAddress({ config }: Pick<App, 'config'>, request: FastifyRequest): string {
  if (config.publicUrl) return config.publicUrl
  return HOST.test(request.host) ? `${request.protocol}://${request.host}` : 'http://localhost'
}
