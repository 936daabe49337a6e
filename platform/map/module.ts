import { defineModule, words } from '#runtime'
import { checkLayers } from './check-layers.ts'

const SHAPE = ['code', 'name', 'name_en']

export const mapModule = defineModule({
  id: 'map',
  title: words('地图', 'Map'),
  about: words(
    '行政区划边界、各模块声明的图层、矢量瓦片和按点查区划',
    'Boundaries of divisions, layers declared by modules, vector tiles, and which division holds a point',
  ),
  needs: ['identity', 'registry', 'indicators'],
  claims: [{ list: 'layers', check: checkLayers }],
  rights: [
    { id: 'map.boundary.write', title: words('绘制和导入边界', 'Draw and import boundaries') },
    { id: 'map.cockpit.read', title: words('查看驾驶舱', 'See the cockpit') },
  ],
  auditEvents: [
    { id: 'map.boundary.changed', title: words('边界生效', 'Boundaries put in force'), kind: 'write' },
    { id: 'map.boundary.saved', title: words('保存边界', 'Boundaries saved'), kind: 'write' },
    { id: 'map.boundary.ended', title: words('停用边界', 'Boundary ended'), kind: 'write' },
  ],
  roles: [
    {
      id: 'map.steward',
      title: words('边界管理员', 'Keeper of boundaries'),
      rights: { 'map.boundary.write': 'subtree' },
      demoPosts: ['city.big-data.administrator', 'city.big-data.steward'],
    },
    {
      id: 'map.leader',
      title: words('驾驶舱使用者', 'Watcher of the cockpit'),
      rights: { 'map.cockpit.read': 'city', 'indicators.read': 'city', 'loops.read': 'city' },
      demoPosts: ['city.government.leader', 'city.government-office.*', 'city.big-data.*', 'city.ecology.*'],
    },
  ],
  layers: [
    layer('city', '山东各市', 'Cities of Shandong'),
    layer('county', '县（市、区）界', 'Counties'),
    layer('town', '乡镇（街道）界', 'Towns'),
    layer('village', '村（社区）界', 'Villages'),
    layer('grid', '网格', 'Grids'),
  ],
  folder: import.meta.dirname,
  server: () => import('./server/index.ts'),
})

function layer(level: 'city' | 'county' | 'town' | 'village' | 'grid', zh: string, en: string) {
  return {
    id: `map.${level}`,
    title: words(zh, en),
    geometry: 'polygon' as const,
    source: { boundaries: level },
    properties: SHAPE,
    refreshOn: ['map.boundary.changed'],
  }
}
