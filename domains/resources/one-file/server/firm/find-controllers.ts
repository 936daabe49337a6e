import { rules } from '#platform/rules'
import type { App } from '#runtime'
import { type Controls, controllers, type Share } from './control.ts'

/** The ends of the chains that the rule in force names, largest first. */
export function findControllers(
  app: App,
  firm: number,
  shares: readonly Share[],
): (Controls & { isControl: boolean })[] {
  return controllers(firm, shares).flatMap((found) => {
    const { result } = app.use(rules).evaluate('one-file.control', { percent: found.percent }, { at: app.now() })
    const { isNamed, isControl } = result as { isNamed: boolean; isControl: boolean }
    return isNamed ? [{ ...found, isControl }] : []
  })
}
