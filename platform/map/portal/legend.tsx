import { Flex, Typography } from 'antd'
import { useWords } from '#portal/ui'
import { type LayerInfo, NO_DATA } from './layer-info.ts'

/** What the colours of the layers shown mean, each with its word. */
export function Legend({ layers }: { readonly layers: readonly LayerInfo[] }) {
  const t = useWords()
  const coloured = layers.filter(({ colours }) => colours)
  if (coloured.length === 0) return null
  return (
    <Flex wrap gap="small large">
      {coloured.map((layer) => (
        <Flex key={layer.id} wrap align="center" gap="small">
          <Typography.Text strong>{t(layer.title)}</Typography.Text>
          {[...(layer.colours?.steps ?? [])].reverse().map((step) => (
            <Patch key={step.from} colour={step.colour} text={t(step.title)} />
          ))}
          <Patch colour={layer.colours?.missing ?? ''} text={t(NO_DATA)} />
        </Flex>
      ))}
    </Flex>
  )
}

/** A colour and what it means. */
export function Patch({ colour, text }: { readonly colour: string; readonly text: string }) {
  return (
    <Flex align="center" gap={4}>
      <span
        aria-hidden
        style={{ width: 14, height: 14, borderRadius: 3, background: colour, border: '1px solid rgba(128,128,128,.6)' }}
      />
      <span>{text}</span>
    </Flex>
  )
}
