import { useQueryClient } from '@tanstack/react-query'
import { Button, Input } from 'antd'
import { useEffect, useState } from 'react'
import { Navigate, useNavigate, useSearchParams } from 'react-router'
import { useContract, call } from '../../ui/client.ts'
import { backAddress } from '../../ui/client-path.ts'
import { JobProgress } from '../../ui/JobProgress.tsx'
import { isComposing } from '../../ui/keys.ts'
import { Mark } from '../../ui/Mark.tsx'
import { useSettings } from '../../ui/settings.ts'
import { useText } from '../../ui/text.ts'
import { signIn } from '../session.contract.ts'
import { getStart, type StartView } from '../start.contract.ts'
import { DoorFrame } from './DoorFrame.tsx'
import { signInText } from './sign-in-text.ts'

/** The door: one answer for every failure; password managers and pasting work; afterwards the address one came from. In the demo, roles to pick. */
export default function SignIn() {
  const t = useText(signInText)
  const { language } = useSettings()
  const [address] = useSearchParams()
  const navigate = useNavigate()
  const queries = useQueryClient()
  const back = backAddress(address.get('back'))
  const start = useContract(getStart, {}, { stay: true, refetchEvery: 5_000 })
  const [staffNo, setStaffNo] = useState('')
  const [password, setPassword] = useState('')
  const [wrong, setWrong] = useState<string | null>(null)
  const [missing, setMissing] = useState<'staffNo' | 'password' | null>(null)
  const [sending, setSending] = useState(false)
  useEffect(() => {
    document.title = `${t('title')} · ${t('product')}`
  }, [t])

  const enter = async (who: string, word: string): Promise<void> => {
    if (who.trim() === '') return setMissing('staffNo')
    if (word === '') return setMissing('password')
    setSending(true)
    setWrong(null)
    try {
      const { mustChangePassword } = await call(signIn, { body: { staffNo: who.trim(), password: word } }, { stay: true })
      queries.clear()
      void navigate(mustChangePassword ? `/password?back=${encodeURIComponent(back)}` : back, { replace: true })
    } catch (error) {
      setWrong((error as Error).message)
      setSending(false)
    }
  }
  if (start.data && !start.data.ready) return <Navigate to="/first-start" replace />
  const bank = start.data?.bank
  const logIns = start.data?.logIns ?? []
  return (
    <DoorFrame bankName={bank ? (language === 'en' ? bank.nameEn : bank.name) : ''} wide={logIns.length > 0}>
      <form
        className="yq-door-form" noValidate
        onSubmit={(event) => {
          event.preventDefault()
          if (!sending) void enter(staffNo, password)
        }}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && isComposing(event)) event.preventDefault()
        }}
      >
        <h1>{t('title')}</h1>
        {back !== '/' && <p className="yq-quiet">{t('back')}</p>}
        {wrong !== null && <div className="yq-error" role="alert"><Mark of="⬣" /><div>{wrong}</div></div>}
        <div className="yq-field" data-wrong={missing === 'staffNo' ? '' : undefined}>
          <label htmlFor="staff-no">{t('staffNo')}</label>
          <Input
            id="staff-no" name="username" size="large" autoComplete="username" autoFocus maxLength={40} value={staffNo} aria-invalid={missing === 'staffNo' || undefined} aria-describedby={missing === 'staffNo' ? 'staff-no-error' : undefined}
            onChange={(event) => {
              setStaffNo(event.target.value)
              setMissing(null)
            }}
          />
          {missing === 'staffNo' && <div className="yq-field-error" id="staff-no-error" role="alert"><Mark of="⬣" />{t('needStaffNo')}</div>}
        </div>
        <div className="yq-field" data-wrong={missing === 'password' ? '' : undefined}>
          <label htmlFor="password">{t('password')}</label>
          <Input.Password
            id="password" name="password" size="large" autoComplete="current-password" maxLength={200} value={password}
            aria-invalid={missing === 'password' || undefined} aria-describedby={missing === 'password' ? 'password-error' : undefined}
            onChange={(event) => {
              setPassword(event.target.value)
              setMissing(null)
            }}
          />
          {missing === 'password' && <div className="yq-field-error" id="password-error" role="alert"><Mark of="⬣" />{t('needPassword')}</div>}
        </div>
        <Button type="primary" htmlType="submit" size="large" block loading={sending}>{t('signIn')}</Button>
      </form>
      {logIns.length > 0 && <DemoRoles logIns={logIns} work={start.data?.work ?? null} onPick={(one) => void enter(one.staffNo, one.password)} />}
    </DoorFrame>
  )
}

// the order of the handbook: who works with customers first
const order = ['RM', 'TEAM_LEAD', 'OUTLET_HEAD', 'BRANCH_HEAD', 'BANK_LEADER', 'LOBBY', 'REVIEWER', 'COMPLIANCE', 'HR', 'PERFORMANCE', 'DATA_STEWARD', 'ADMIN']
const placeOf = (code: string): number => (order.includes(code) ? order.indexOf(code) : order.length)

function DemoRoles({ logIns, work, onPick }: { logIns: StartView['logIns']; work: StartView['work']; onPick: (one: StartView['logIns'][number]) => void }) {
  const t = useText(signInText)
  const { language } = useSettings()
  const sorted = [...logIns].sort((a, b) => placeOf(a.postCode) - placeOf(b.postCode) || (a.postCode < b.postCode ? -1 : 1))
  return (
    <section className="yq-door-roles" aria-labelledby="demo-roles">
      <h2 id="demo-roles">{t('demoTitle')}</h2>
      <p className="yq-quiet yq-small">{t('demoNote', { password: logIns[0]?.password ?? '' })}</p>
      {work !== null && work.state === 'RUNNING' && <JobProgress job={work} title={t('growing')} perRow={false} />}
      <ul>
        {sorted.map((one) => (
          <li key={one.staffNo}>
            <button type="button" className="yq-role" onClick={() => onPick(one)} aria-label={t('as', { name: one.name, post: language === 'en' ? one.titleEn : one.title })}>
              <strong>{language === 'en' ? one.titleEn : one.title}</strong>
              <span>{one.name} <span className="yq-num yq-quiet">{one.staffNo}</span></span>
              <span className="yq-small yq-quiet">{one.unitName}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  )
}
