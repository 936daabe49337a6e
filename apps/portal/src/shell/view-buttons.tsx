import { FontSizeOutlined, GlobalOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useAppearance, useLanguage, useWords } from '#portal/ui'

/** Switches to the other language; its name is written in that language. */
export function LanguageButton() {
  const { language, setLanguage } = useLanguage()
  const other = language === 'zh' ? 'en' : 'zh'
  return (
    <Button type="text" icon={<GlobalOutlined />} lang={other} onClick={() => setLanguage(other)} data-language={other}>
      {other === 'en' ? 'English' : '中文'}
    </Button>
  )
}

export function LargeTypeButton() {
  const t = useWords()
  const { large, setLarge } = useAppearance()
  return (
    <Button type="text" icon={<FontSizeOutlined />} aria-pressed={large} onClick={() => setLarge(!large)}>
      {large ? t({ zh: '标准字号', en: 'Normal type' }) : t({ zh: '大字版', en: 'Large type' })}
    </Button>
  )
}
