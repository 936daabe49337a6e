import { dueText } from '#portal/ui'

/** A limit, or a dash where there is none. */
export function Due({ at }: { readonly at: string | null }) {
  return at ? <time dateTime={at}>{dueText(at)}</time> : <span>—</span>
}
