import type { Words } from '../../runtime/words.ts'

/** MapLibre's own texts, in both languages of the product. */
export const CONTROLS: Readonly<Record<string, Words>> = {
  'Map.Title': { zh: '地图', en: 'Map' },
  'NavigationControl.ZoomIn': { zh: '放大', en: 'Zoom in' },
  'NavigationControl.ZoomOut': { zh: '缩小', en: 'Zoom out' },
  'Popup.Close': { zh: '关闭', en: 'Close' },
  'ScaleControl.Meters': { zh: '米', en: 'm' },
  'ScaleControl.Kilometers': { zh: '公里', en: 'km' },
}

export const CANVAS: Words = {
  zh: '地图。方向键移动，加减号缩放；地图下方可改为列表显示',
  en: 'Map. Arrow keys move it, plus and minus zoom; a list can be shown instead below the map',
}

export const INTERNAL: Words = {
  zh: '边界未经审图，仅供内部工作；公开使用须换用有审图号的数据',
  en: 'The boundaries are not officially reviewed and are for internal work only; a public map needs reviewed data',
}
