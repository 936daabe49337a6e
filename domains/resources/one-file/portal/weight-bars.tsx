import { Flex, Typography } from 'antd'
import { useWords } from '#portal/ui'
import type { Words } from '../../../../platform/runtime/words.ts'

export interface Part {
  readonly id: string
  readonly level: number
  readonly bits: number
}

const TITLES: Readonly<Record<string, Words>> = {
  name: { zh: '姓名', en: 'Name' },
  number: { zh: '号码', en: 'Number' },
  code: { zh: '信用代码', en: 'Code' },
  born: { zh: '出生日期', en: 'Birth' },
  sex: { zh: '性别', en: 'Sex' },
  phone: { zh: '电话', en: 'Telephone' },
  address: { zh: '地址', en: 'Address' },
  kin: { zh: '亲属', en: 'Kin' },
}
/** Bits at which a bar is full. */
const FULL = 25

/** How much each agreement speaks for (right, green) or against (left, red), in bits. */
export function WeightBars({ parts, weight }: { readonly parts: readonly Part[]; readonly weight: number | null }) {
  const t = useWords()
  return (
    <Flex vertical gap={2} style={{ maxWidth: 520 }}>
      {parts
        .filter(({ level }) => level > 0)
        .map(({ id, bits }) => (
          <Flex key={id} gap="small" align="center">
            <span style={{ width: 72 }}>{t(TITLES[id] ?? { zh: id, en: id })}</span>
            <span aria-hidden style={{ flex: 1, height: 10, position: 'relative', background: '#8882' }}>
              <span
                style={{
                  position: 'absolute',
                  height: 10,
                  background: bits >= 0 ? '#389e0d' : '#cf1322',
                  width: `${Math.min(50, (Math.abs(bits) / FULL) * 50)}%`,
                  ...(bits >= 0 ? { left: '50%' } : { right: '50%' }),
                }}
              />
            </span>
            <span style={{ width: 56, textAlign: 'right' }}>{`${bits >= 0 ? '+' : ''}${bits.toFixed(1)}`}</span>
          </Flex>
        ))}
      {weight !== null && (
        <Typography.Text type="secondary">
          {t({
            zh: `合计 ${weight.toFixed(1)} 比特：每 1 比特，同一对象的可能性翻一倍`,
            en: `${weight.toFixed(1)} bits in all: each bit doubles the odds that they are the same`,
          })}
        </Typography.Text>
      )}
    </Flex>
  )
}
