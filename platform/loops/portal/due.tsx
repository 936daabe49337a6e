import { formatted } from '#portal/ui'

const MINUTE = 60_000

/** A limit as people say it: a term in days ends with its last day, others at a time. */
export function Due({ at }: { readonly at: string | null }) {
  if (!at) return <span>—</span>
  const due = new Date(at)
  const text = formatted(due)
  return <time dateTime={at}>{text.endsWith('00:00') ? formatted(new Date(due.getTime() - MINUTE), true) : text}</time>
}
