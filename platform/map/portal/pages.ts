import type { Page } from '#portal/ui'

export const pages: readonly Page[] = [
  {
    path: '/map',
    title: { zh: '地图', en: 'Map' },
    menu: { group: 'city', order: 10 },
    load: () => import('./map-page.tsx').then((m) => m.MapPage),
  },
  {
    path: '/map/boundaries',
    title: { zh: '区划与网格边界', en: 'Boundaries' },
    right: 'map.boundary.write',
    menu: { group: 'city', order: 20 },
    load: () => import('./boundaries-page.tsx').then((m) => m.BoundariesPage),
  },
  {
    path: '/cockpit',
    title: { zh: '驾驶舱', en: 'Cockpit' },
    right: 'map.cockpit.read',
    menu: { group: 'city', order: 5 },
    bare: true,
    load: () => import('./cockpit/cockpit-page.tsx').then((m) => m.CockpitPage),
  },
]
