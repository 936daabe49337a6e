import type { DataDesk } from '#platform/registry'
import type { App } from '#runtime'
import type { Egress } from './egress.ts'
import type { Secrets } from './secrets.ts'

/** What everything here stands on. */
export interface SourcesParts {
  readonly app: App
  readonly desk: DataDesk
  readonly egress: Egress
  readonly secrets: Secrets
}
