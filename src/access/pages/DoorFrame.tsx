import { Button } from 'antd'
import type { ReactNode } from 'react'
import { changeSettings, useSettings } from '../../ui/settings.ts'
import { useText } from '../../ui/text.ts'
import { signInText } from './sign-in-text.ts'

/** The bank's colour and name beside what is asked; one column on the phone. */
export function DoorFrame({ bankName, wide = false, children }: { bankName: string; wide?: boolean; children: ReactNode }) {
  const t = useText(signInText)
  const { language } = useSettings()
  return (
    <div className="yq-door">
      <header className="yq-door-side">
        <svg width="56" height="56" viewBox="0 0 32 32" aria-hidden="true" fill="none" strokeWidth="1.5" strokeLinecap="round">
          <path d="M2 22h28" stroke="#C9D3D8" />
          <path d="M6 22c0-7 4.500-11 10-11s10 4 10 11M11 22v-9.500M16 22V11m5 11v-9.500" stroke="#D9B36A" />
        </svg>
        <div className="yq-door-name">{bankName || t('product')}</div>
        <div>{bankName ? `${t('product')} · ${t('about')}` : t('about')}</div>
      </header>
      <main className="yq-door-main" data-wide={wide ? '' : undefined}>
        <div className="yq-door-language">
          <Button type="text" lang={language === 'zh' ? 'en' : 'zh-CN'} onClick={() => changeSettings({ language: language === 'zh' ? 'en' : 'zh' })}>{t('otherLanguage')}</Button>
        </div>
        {children}
      </main>
    </div>
  )
}
