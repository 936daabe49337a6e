import { Button, Card, Flex } from 'antd'
import { PageLink, useLanguage, useWords } from '#portal/ui'
import { type LayerInfo, nameOf, type PickedFeature, pageOf, stepOf } from './layer-info.ts'
import { Patch } from './legend.tsx'

/** What the map tells of the thing that was picked, with the way to its page. */
export function FeatureCard(props: {
  readonly layer: LayerInfo
  readonly feature: PickedFeature
  readonly onClose: () => void
}) {
  const { layer, feature, onClose } = props
  const t = useWords()
  const { language } = useLanguage()
  const step = stepOf(layer, feature.properties)
  const page = pageOf(layer, feature.id)
  const crowd = Number(feature.properties.count ?? 1)
  return (
    <Card
      size="small"
      role="status"
      title={nameOf(feature.properties, language)}
      extra={
        <Button size="small" type="text" onClick={onClose}>
          {t({ zh: '关闭', en: 'Close' })}
        </Button>
      }
      style={{ position: 'absolute', left: 12, top: 12, zIndex: 2, width: 'min(300px, calc(100% - 76px))' }}
    >
      <Flex vertical gap="small">
        <span>{t(layer.title)}</span>
        {step && <Patch colour={step.colour} text={`${t(step.title)} ${step.value ?? ''}`} />}
        {crowd > 1 && (
          <span>{t({ zh: `此处共 ${crowd} 个，放大后逐个显示`, en: `${crowd} here; zoom in to see each` })}</span>
        )}
        {page && <PageLink to={page}>{t({ zh: '查看详情', en: 'Open its page' })}</PageLink>}
      </Flex>
    </Card>
  )
}
