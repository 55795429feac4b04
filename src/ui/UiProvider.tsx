import { LoadingOutlined } from '@ant-design/icons'
import { QueryClientProvider } from '@tanstack/react-query'
import { App, ConfigProvider, type ConfigProviderProps } from 'antd'
import enUS from 'antd/es/locale/en_US.js'
import zhCN from 'antd/es/locale/zh_CN.js'
import dayjs from 'dayjs'
import 'dayjs/locale/zh-cn.js'
import { createContext, useContext, useEffect, useMemo, type ReactNode } from 'react'
import { yuan, type MoneyWord } from './amount-format.ts'
import { makeQueryClient } from './client.ts'
import { useMedia, useMode, usePhone, useSettings } from './settings.ts'
import { cssVariables, themeConfig } from './theme.ts'
import './global.css'
import { aside } from './text.ts'

const queryClient = makeQueryClient()

// The bundler hands over the locale itself, the compiler (which takes antd for CommonJS) expects it one step deeper.
type Locale = NonNullable<ConfigProviderProps['locale']>
const localeOf = (module: Locale | { default: Locale }): Locale => ('default' in module ? module.default : module)
const locales = { zh: localeOf(zhCN), en: localeOf(enUS) }

/** What the whole page needs to write numbers and dates: today's business date and the bank's currency. */
export type BankFacts = { today: string; money: MoneyWord }
const BankContext = createContext<BankFacts>({ today: new Date().toISOString().slice(0, 10), money: yuan })
export const useBank = (): BankFacts => useContext(BankContext)
/** The title of a column in whole units of the bank's money: "余额（元）". */
export function useInYuan(): (title: string) => string {
  const { money } = useBank()
  const { language } = useSettings()
  return (title) => aside(title, money[language])
}
export function BankProvider({ today, money, children }: BankFacts & { children: ReactNode }) {
  const facts = useMemo(() => ({ today, money }), [today, money])
  return <BankContext value={facts}>{children}</BankContext>
}

/** Theme, language, cache and messages for everything below it. */
export function UiProvider({ children }: { children: ReactNode }) {
  const settings = useSettings()
  const mode = useMode()
  const touch = usePhone()
  const calm = useMedia('(prefers-reduced-motion: reduce)')
  const { density, language } = settings
  const colourless = settings.change === 'colourless'
  const theme = useMemo(() => themeConfig({ mode, density, touch, calm }), [mode, density, touch, calm])
  dayjs.locale(language === 'zh' ? 'zh-cn' : 'en')
  useEffect(() => {
    const page = document.documentElement
    page.lang = language === 'zh' ? 'zh-CN' : 'en'
    page.dataset['mode'] = mode
    page.dataset['density'] = density
    for (const [name, value] of Object.entries(cssVariables(mode, colourless))) page.style.setProperty(name, value)
  }, [language, mode, density, colourless])
  return (
    <ConfigProvider
      theme={theme}
      locale={locales[language]}
      componentSize={!touch && density === 'compact' ? 'small' : undefined}
      button={{ autoInsertSpace: false, loadingIcon: <LoadingOutlined aria-hidden="true" aria-label={undefined} /> }}
      table={{ scroll: { x: 'max-content' } }}
      wave={{ disabled: true }}
      variant="outlined"
    >
      <App message={{ maxCount: 3 }} notification={{ placement: 'bottomRight' }} className="yq-app">
        <QueryClientProvider client={queryClient}>{children}</QueryClientProvider>
      </App>
    </ConfigProvider>
  )
}
