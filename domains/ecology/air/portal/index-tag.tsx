import { Tag } from 'antd'
import { useWords } from '#portal/ui'
import type { AirIndexView, LevelView } from './air-types.ts'

/** Black or white, whichever has the greater contrast by WCAG. */
function inkOn(rgb: readonly number[]): string {
  const [red = 0, green = 0, blue = 0] = rgb.map((part) => {
    const share = part / 255
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  })
  const light = red * 0.2126 + green * 0.7152 + blue * 0.0722 + 0.05
  return light / 0.05 > 1.05 / light ? '#000' : '#fff'
}

/** An index with its level in colour, number and word; one that is not of now has no colour. */
export function IndexTag({
  index,
  levels,
}: {
  readonly index: AirIndexView | null
  readonly levels: readonly LevelView[]
}) {
  const t = useWords()
  if (!index) return <Tag>{t({ zh: '无数据', en: 'No data' })}</Tag>
  const level = levels.find((each) => each.level === index.level)
  if (index.aqi === null || !level)
    return <Tag title={index.reason ? t(index.reason) : undefined}>{t({ zh: 'NA（缺测）', en: 'NA (missing)' })}</Tag>
  if (!index.fresh)
    return (
      <Tag variant="outlined">
        {index.aqi} {t(level.title)}
      </Tag>
    )
  const style = { background: `rgb(${level.rgb.join(' ')})`, color: inkOn(level.rgb), fontWeight: 600 }
  return (
    <Tag style={style} variant="solid">
      {index.aqi} {t(level.title)}
    </Tag>
  )
}
