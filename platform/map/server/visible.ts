import { type Actor, Forbidden, NotFound, words } from '#runtime'
import type { PreparedLayer } from './prepare-layers.ts'

/** The layers of the base map, which everybody sees; what other modules declare asks for a sign-in at least. */
const BASE = 'map'

/** How much of a layer an actor sees: the code prefix of the divisions, '' for all, undefined for nothing. */
export function reachInto(layer: PreparedLayer, actor: Actor): string | undefined {
  if (actor.kind === 'visitor' && layer.module.id !== BASE) return undefined
  if (!layer.right) return ''
  const scope = actor.rights.get(layer.right)
  if (!scope) return undefined
  return scope.reach === 'city' || !layer.properties.includes('division') ? '' : scope.division
}

/** The layer an actor asked for and how much of it. @throws NotFound, Forbidden */
export function openLayer(
  layers: readonly PreparedLayer[],
  id: string,
  actor: Actor,
): { layer: PreparedLayer; within: string } {
  const layer = layers.find((each) => each.id === id)
  if (!layer) throw new NotFound('no-layer', words(`没有图层“${id}”`, `There is no layer "${id}"`))
  const within = reachInto(layer, actor)
  if (within === undefined)
    throw new Forbidden(
      'layer-forbidden',
      words(`您没有查看“${layer.title.zh}”图层的权限`, `You have no right to see the layer "${layer.title.en}"`),
    )
  return { layer, within }
}
