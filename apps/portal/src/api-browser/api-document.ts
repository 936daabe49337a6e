/** The parts of the OpenAPI document that the page shows. */
export interface ApiDocument {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>
}

export interface Operation {
  /** `中文 · English` */
  readonly summary?: string
  readonly description?: string
  readonly tags?: readonly string[]
  readonly parameters?: readonly Parameter[]
  readonly requestBody?: { readonly content?: Readonly<Record<string, { readonly schema?: unknown }>> }
  readonly responses?: Readonly<
    Record<
      string,
      { readonly content?: Readonly<Record<string, { readonly schema?: unknown; readonly example?: unknown }>> }
    >
  >
}

export interface Parameter {
  readonly name: string
  readonly in: string
  readonly required?: boolean
  readonly schema?: { readonly type?: string; readonly description?: string }
}

/** One call, ready to be listed. */
export interface Listed {
  readonly key: string
  readonly method: string
  readonly path: string
  readonly tag: string
  readonly title: { readonly zh: string; readonly en: string }
  readonly operation: Operation
}

/** Every call of the document that contains the text, in the order of the paths. */
export function listed(document: ApiDocument, search: string): readonly Listed[] {
  const wanted = search.trim().toLowerCase()
  return Object.entries(document.paths)
    .flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, operation]) => ({
        key: `${method} ${path}`,
        method: method.toUpperCase(),
        path,
        tag: operation.tags?.[0] ?? '',
        title: titleOf(operation),
        operation,
      })),
    )
    .filter((call) => `${call.key} ${call.operation.summary ?? ''}`.toLowerCase().includes(wanted))
    .toSorted((a, b) => a.path.localeCompare(b.path))
}

function titleOf({ summary = '' }: Operation): Listed['title'] {
  const [zh = '', en = zh] = summary.split(' · ')
  return { zh, en }
}
