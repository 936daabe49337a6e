import { type Declared, type Module, StartError } from '#runtime'
import type {} from './layer.ts'

/** Stops the start on a layer that could not be drawn. */
export function checkLayers(entries: readonly Declared<'layers'>[], modules: readonly Module[]): void {
  const rights = new Set(modules.flatMap((module) => module.rights ?? []).map(({ id }) => id))
  for (const { module, entry } of entries) {
    const wrong = faultOf(entry, module, rights)
    if (wrong) throw new StartError(`Layer "${entry.id}" of module "${module.id}" ${wrong}.`)
  }
}

function faultOf(layer: Declared<'layers'>['entry'], module: Module, rights: ReadonlySet<string>): string | undefined {
  if (!layer.id.startsWith(`${module.id}.`)) return `must begin with "${module.id}."`
  if (layer.right && !rights.has(layer.right)) return `needs the right "${layer.right}", which nobody declares`
  const { colours } = layer
  if (!colours) return undefined
  if (!layer.properties.includes(colours.property))
    return `is coloured by "${colours.property}", not among its properties`
  const falls = colours.steps.every((step, at) => step.from < (colours.steps[at - 1]?.from ?? Number.POSITIVE_INFINITY))
  return falls ? undefined : 'must list its colours from the highest step down'
}
