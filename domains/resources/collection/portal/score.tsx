import { Tag } from 'antd'
import { useWords } from '#portal/ui'

const GOOD = 95
const FAIR = 80

/** To one decimal, never up: 99.97 is not full marks. */
export const down = (value: number): string => (Math.floor(value * 10) / 10).toFixed(1)

/** A score from 0 to 100; the number says it, the colour helps. */
export function Score({ value }: { readonly value: number | null }) {
  const t = useWords()
  if (value === null) return <span>{t({ zh: '未检查', en: 'Not checked' })}</span>
  return <Tag color={value >= GOOD ? 'green' : value >= FAIR ? 'gold' : 'red'}>{down(value)}</Tag>
}
