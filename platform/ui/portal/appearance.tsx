import { App, ConfigProvider, type ThemeConfig, theme } from 'antd'
import type { Locale } from 'antd/es/locale'
import { createContext, type ReactNode, useContext, useEffect, useState } from 'react'
import { useLanguage } from './language.tsx'

interface AppearanceState {
  /** Larger letters and controls, for whoever wants them. */
  readonly large: boolean
  readonly setLarge: (large: boolean) => void
}

const Context = createContext<AppearanceState>({ large: false, setLarge: () => undefined })
const KEY = 'daizong.large-type'

export const useAppearance = () => useContext(Context)

/** Ground and border of tags in named colours: pale tints on which the deep letters keep their contrast. */
const TINTS: Readonly<Record<string, readonly [ground: string, border: string]>> = {
  blue: ['#e8f0f9', '#a9c7e6'],
  green: ['#e9f5ec', '#9ccfaa'],
  gold: ['#fdf3d8', '#e3c67e'],
  orange: ['#fdeedd', '#ecbf8c'],
  red: ['#fdeceb', '#f0b0ac'],
  cyan: ['#e3f4f5', '#94cdd1'],
  lime: ['#f1f6e0', '#c3d389'],
  volcano: ['#fdede6', '#efb79f'],
  magenta: ['#fcebf3', '#eba9ca'],
  purple: ['#f2ecfa', '#c6b0e6'],
  geekblue: ['#eceffb', '#b1bdea'],
}
/** The library knows each shade by two names and writes both. */
const SHADES = Object.fromEntries(
  Object.entries(TINTS).flatMap(([name, [ground, border]]) => [
    [`${name}1`, ground],
    [`${name}-1`, ground],
    [`${name}3`, border],
    [`${name}-3`, border],
  ]),
)

/** Colours whose contrast on white is at least 4.5:1 (WCAG 2.2, 1.4.3). */
const DAY: NonNullable<ThemeConfig['token']> = {
  colorPrimary: '#14508c',
  colorInfo: '#14508c',
  colorLink: '#14508c',
  colorLinkHover: '#0b3a69',
  colorSuccess: '#1a7037',
  colorWarning: '#8f5200',
  colorError: '#b3261e',
  colorSuccessBg: '#e9f5ec',
  colorSuccessBorder: '#9ccfaa',
  colorWarningBg: '#fff3df',
  colorWarningBorder: '#e8c48a',
  colorErrorBg: '#fdeceb',
  colorErrorBorder: '#f0b0ac',
  colorInfoBg: '#e8f0f9',
  colorInfoBorder: '#a9c7e6',
  colorText: '#1c2733',
  colorTextSecondary: '#46525f',
  colorTextTertiary: '#55616e',
  colorTextDescription: '#55616e',
  colorTextPlaceholder: '#626d79',
  colorBgLayout: '#f3f5f8',
  borderRadius: 6,
  // Named colours of tags, deep enough for letters on their own pale ground.
  blue: '#14508c',
  green: '#1a7037',
  gold: '#8a5a00',
  orange: '#9c4a00',
  red: '#b3261e',
  cyan: '#0b6670',
  lime: '#4d6600',
  volcano: '#a33a12',
  magenta: '#a11a63',
  purple: '#5b2a9c',
  geekblue: '#2a3f9c',
  ...SHADES,
}

/** The wall's colours: light letters on a dark ground. */
const NIGHT: NonNullable<ThemeConfig['token']> = {
  colorPrimary: '#4da3ff',
  colorInfo: '#4da3ff',
  colorLink: '#8cc4ff',
  colorSuccess: '#4ccf7d',
  colorWarning: '#ffb84d',
  colorError: '#ff7b72',
  colorSuccessBg: '#12341f',
  colorSuccessBorder: '#2a6a42',
  colorWarningBg: '#3a2a10',
  colorWarningBorder: '#7a5a20',
  colorErrorBg: '#3d1a1c',
  colorErrorBorder: '#85383a',
  colorText: '#e8f0fa',
  colorTextSecondary: '#b5c4d6',
  colorTextTertiary: '#a3b4c8',
  colorTextDescription: '#a3b4c8',
  colorBgBase: '#07182b',
  colorBgContainer: '#0d2440',
  colorBgLayout: '#07182b',
}

/** Whoever asks for reduced motion gets none; a style sheet that shortens transitions would misplace every list that opens. */
const STILL = matchMedia('(prefers-reduced-motion: reduce)').matches

const LARGE = { fontSize: 19, controlHeight: 46, lineHeight: 1.6 }
const NORMAL = { fontSize: 14 }

const LOCALES: Record<'zh' | 'en', () => Promise<{ default: Locale }>> = {
  zh: () => import('antd/es/locale/zh_CN'),
  en: () => import('antd/es/locale/en_US'),
}

function useLocale(): Locale | undefined {
  const { language } = useLanguage()
  const [locale, setLocale] = useState<Locale>()
  useEffect(() => {
    let current = true
    void LOCALES[language]().then((loaded) => current && setLocale(loaded.default))
    return () => {
      current = false
    }
  }, [language])
  return locale
}

/** Theme, language of the components and letter size of everything inside. */
export function Appearance({ children }: { readonly children: ReactNode }) {
  const [large, setLarge] = useState(() => localStorage.getItem(KEY) === '1')
  const locale = useLocale()
  useEffect(() => {
    localStorage.setItem(KEY, large ? '1' : '0')
    document.documentElement.classList.toggle('dz-large', large)
  }, [large])
  return (
    <Context value={{ large, setLarge }}>
      <ConfigProvider
        {...(locale ? { locale } : {})}
        button={{ autoInsertSpace: false }}
        theme={{
          token: {
            ...DAY,
            ...(large ? LARGE : NORMAL),
            motion: !STILL,
            motionDurationMid: '0.1s',
            motionDurationSlow: '0.15s',
          },
          components: { Menu: { itemSelectedBg: '#dfeaf6', itemActiveBg: '#eef3f9', itemHoverBg: '#eef3f9' } },
        }}
      >
        <App component={false}>{children}</App>
      </ConfigProvider>
    </Context>
  )
}

const DarkContext = createContext(false)
/** Whether this place is on a dark ground; charts and maps follow. */
export const useDark = () => useContext(DarkContext)

/** The wall screen's dark look for everything inside. */
export function WallAppearance({ children }: { readonly children: ReactNode }) {
  return (
    <DarkContext value>
      <ConfigProvider theme={{ algorithm: theme.darkAlgorithm, token: NIGHT }}>
        <div className="dz-wall">{children}</div>
      </ConfigProvider>
    </DarkContext>
  )
}
