import { Tag } from 'antd'
import { useWords } from '#portal/ui'
import type { AirIndexView, LevelView } from './air-types.ts'

/** Black or white, whichever reads better on the colour. */
const inkOn = ([red = 0, green = 0, blue = 0]: readonly number[]): string =>
  red * 0.299 + green * 0.587 + blue * 0.114 > 140 ? '#000' : '#fff'

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
