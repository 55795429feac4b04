import { BellOutlined, DownOutlined, MoonOutlined, SearchOutlined, SunOutlined } from '@ant-design/icons'
import { useEffect, useRef, useState } from 'react'
import { Link, useLocation } from 'react-router'
import type { SessionView } from '../access/session.contract.ts'
import { changeSettings, useMode, usePhone, useSettings } from '../ui/settings.ts'
import { useText } from '../ui/text.ts'
import { useUnread } from '../ui/unread.ts'
import { useWho } from '../ui/who.ts'
import { deskText } from './desk-text.ts'
import { IdentityPanel } from './IdentityPanel.tsx'
import { Logo } from './Logo.tsx'

/** Product, unit, search, language, colours, identity; on the phone the product and search. */
export function TopBar({ session, onSearch, onHelp }: { session: SessionView; onSearch: () => void; onHelp: () => void }) {
  const t = useText(deskText)
  const phone = usePhone()
  const mode = useMode()
  const { language } = useSettings()
  const who = useWho()
  const bankName = language === 'en' ? session.bankNameEn : session.bankName
  return (
    <header className="yq-topbar yq-no-print">
      <Link to="/" className="yq-brand">
        <Logo />
        <span>{t('product')}</span>
      </Link>
      <span className="yq-topbar-unit" title={bankName}>{phone ? bankName : who.unitName}</span>
      {phone ? (
        <div className="yq-topbar-end">
          <Bell />
          <button type="button" className="yq-topbar-button" aria-label={t('searchWhere')} onClick={onSearch}><SearchOutlined aria-hidden /></button>
        </div>
      ) : (
        <>
          <button type="button" className="yq-topbar-search" onClick={onSearch} aria-keyshortcuts="/ Control+K">
            <SearchOutlined aria-hidden /> <span>{t('searchWhere')}</span> <kbd aria-hidden="true">/</kbd>
          </button>
          <div className="yq-topbar-end">
            <Bell />
            <button type="button" className="yq-topbar-button" lang={language === 'zh' ? 'en' : 'zh-CN'} aria-label={t('switchLanguage')} title={t('switchLanguage')} onClick={() => changeSettings({ language: language === 'zh' ? 'en' : 'zh' })}>
              {language === 'zh' ? 'EN' : '中'}
            </button>
            <button type="button" className="yq-topbar-button" aria-label={t(mode === 'dark' ? 'switchLight' : 'switchDark')} title={t(mode === 'dark' ? 'switchLight' : 'switchDark')} onClick={() => changeSettings({ theme: mode === 'dark' ? 'light' : 'dark' })}>
              {mode === 'dark' ? <SunOutlined aria-hidden /> : <MoonOutlined aria-hidden />}
            </button>
            <IdentityMenu session={session} onHelp={onHelp} />
          </div>
        </>
      )}
    </header>
  )
}

/** Leads to the notices; the count comes with every answer of the server. */
function Bell() {
  const t = useText(deskText)
  const unread = useUnread()
  return (
    <Link to="/notices" className="yq-topbar-button yq-bell" aria-label={unread === 0 ? t('notices') : t('noticesUnread', { n: unread > 99 ? '99+' : unread })} title={t('notices')}>
      <BellOutlined aria-hidden />
      {unread > 0 && <span className="yq-bell-count" aria-hidden="true">{unread > 99 ? '99+' : unread}</span>}
    </Link>
  )
}

/** Opens below its button, next in the reading order; Escape, a click elsewhere and going to another page close it. */
function IdentityMenu({ session, onHelp }: { session: SessionView; onHelp: () => void }) {
  const t = useText(deskText)
  const who = useWho()
  const { pathname } = useLocation()
  const [open, setOpen] = useState(false)
  const box = useRef<HTMLDivElement>(null)
  const button = useRef<HTMLButtonElement>(null)
  useEffect(() => setOpen(false), [pathname])
  useEffect(() => {
    if (!open) return
    const away = (event: PointerEvent): void => {
      const target = event.target as Element
      if (!box.current?.contains(target) && !target.closest('.ant-select-dropdown')) setOpen(false)
    }
    const key = (event: KeyboardEvent): void => {
      if (event.key !== 'Escape') return
      setOpen(false)
      button.current?.focus()
    }
    addEventListener('pointerdown', away)
    addEventListener('keydown', key)
    return () => {
      removeEventListener('pointerdown', away)
      removeEventListener('keydown', key)
    }
  }, [open])
  return (
    <div ref={box} className="yq-identity">
      <button ref={button} type="button" className="yq-topbar-button" aria-expanded={open} aria-haspopup="true" onClick={() => setOpen(!open)}>
        {t('me', { name: who.name, post: who.postTitle })} <DownOutlined aria-hidden />
      </button>
      {open && (
        <div className="yq-identity-panel" role="region" aria-label={who.name}>
          <IdentityPanel session={session} onHelp={() => {
            setOpen(false)
            onHelp()
          }} />
        </div>
      )}
    </div>
  )
}
