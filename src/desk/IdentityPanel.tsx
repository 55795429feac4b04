import { useQueryClient } from '@tanstack/react-query'
import { Button, Segmented } from 'antd'
import { Link, useNavigate } from 'react-router'
import { signOut, switchPost, type SessionView } from '../access/session.contract.ts'
import { call, useAct } from '../ui/client.ts'
import { useToast } from '../ui/Confirm.tsx'
import { changeSettings, usePhone, useSettings, type Settings } from '../ui/settings.ts'
import { useText } from '../ui/text.ts'
import { deskText } from './desk-text.ts'
import { closeThisDevice } from './offline.ts'

/** Who I am here, in which post, how it should look, and the way out. In the bar's menu on the desktop, a page on the phone. */
export function IdentityPanel({ session, onHelp }: { session: SessionView; onHelp: () => void }) {
  const t = useText(deskText)
  const phone = usePhone()
  const settings = useSettings()
  const navigate = useNavigate()
  const queries = useQueryClient()
  const toast = useToast()
  const english = settings.language === 'en'
  const change = useAct(switchPost, { onDone: () => {
    // nothing that the former post could see stays in memory
    queries.clear()
    void navigate('/')
  } })
  const leave = async (): Promise<void> => {
    await closeThisDevice(session.person.staffKey)
    await call(signOut, {}, { stay: true }).catch((error: Error) => toast(error.message))
    queries.clear()
    void navigate('/sign-in')
  }
  const others = session.posts.filter((post) => post.key !== session.post.key)
  return (
    <div className="yq-stack yq-identity-content">
      <div>
        <strong>{session.person.name}</strong> <span className="yq-quiet yq-num">{session.person.staffNo}</span>
        <div className="yq-quiet">{english ? session.post.titleEn : session.post.title} · {session.post.unitName}</div>
      </div>
      {others.length > 0 && (
        <div className="yq-field">
          <span className="yq-small yq-quiet">{t('switchPost')}</span>
          {others.map((post) => (
            <Button key={post.key} loading={change.isPending} onClick={() => change.mutate({ body: { postKey: post.key } })}>
              {english ? post.titleEn : post.title} · {post.unitName}
            </Button>
          ))}
        </div>
      )}
      <Choice name="theme" label={t('theme')} options={[['light', t('light')], ['dark', t('dark')], ['system', t('system')]]} />
      {phone ? null : <Choice name="density" label={t('density')} options={[['comfortable', t('comfortable')], ['compact', t('compact')]]} />}
      <Choice name="change" label={t('change')} options={[['red-up', t('redUp')], ['colourless', t('colourless')]]} />
      <Choice name="language" label={t('language')} options={[['zh', '中文'], ['en', 'English']]} />
      {phone ? null : <Choice name="shortcuts" label={t('shortcuts')} options={[[true, t('on')], [false, t('off')]]} />}
      <div className="yq-identity-links">
        {!phone && <Button type="link" onClick={onHelp}>{t('keys')}</Button>}
        <Link to="/password">{t('changePassword')}</Link>
        <Link to="/api-docs">{t('apiDocs')}</Link>
      </div>
      <Button onClick={() => void leave()}>{t('signOut')}</Button>
    </div>
  )
}

function Choice<K extends keyof Settings>({ name, label, options }: { name: K; label: string; options: readonly (readonly [Settings[K], string])[] }) {
  const settings = useSettings()
  const value = options.findIndex(([option]) => option === settings[name])
  return (
    <div className="yq-choice">
      <span className="yq-quiet" id={`yq-choice-${name}`}>{label}</span>
      <Segmented
        aria-labelledby={`yq-choice-${name}`} value={value} options={options.map(([, text], index) => ({ value: index, label: text }))}
        onChange={(index) => {
          const chosen = options[Number(index)]
          if (chosen) changeSettings({ [name]: chosen[0] } as Partial<Settings>)
        }}
      />
    </div>
  )
}
