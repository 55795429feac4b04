import { Button } from 'antd'
import { useState } from 'react'
import { newId } from '../../../foundation/values/uuid7.ts'
import { ActionButton } from '../../../ui/ActionButton.tsx'
import { Block } from '../../../ui/Block.tsx'
import { call, useAct } from '../../../ui/client.ts'
import { useToast } from '../../../ui/Confirm.tsx'
import { CheckField, ChoiceField, DayField, TextField } from '../../../ui/fields.tsx'
import { FormDrawer } from '../../../ui/FormDrawer.tsx'
import { Masked } from '../../../ui/Masked.tsx'
import { Note } from '../../../ui/Note.tsx'
import { Tag } from '../../../ui/Tag.tsx'
import { mark, useText } from '../../../ui/text.ts'
import { useBank } from '../../../ui/UiProvider.tsx'
import { useForm } from '../../../ui/useForm.ts'
import { useSettings } from '../../../ui/settings.ts'
import { revealNumber } from '../../customer.contract.ts'
import { identityKinds } from '../../file/file-fields.contract.ts'
import { addIdentity, endPhone, renewIdentity, type FileView } from '../../file/file.contract.ts'
import { checkIdentity, faultText, grouped, type IdentityKind } from '../../identity-number.rules.ts'
import { fileText } from './file-text.ts'
import { useKindName } from './kind-name.ts'

type Identity = FileView['identities'][number]
type Phone = FileView['phones'][number]

/** The customer's own documents of identity and phones; what the identity card says against what is kept; when the birthday is. */
export function IdentityBlock({ customerId, file }: { customerId: string; file: FileView }) {
  const t = useText(fileText)
  const [adding, setAdding] = useState(false)
  const [renewing, setRenewing] = useState<Identity | null>(null)
  const [ending, setEnding] = useState<Phone | null>(null)
  const called = useKindName()
  const edit = file.may['customer.file-edit']
  const reveal = (what: 'IDENTITY' | 'PHONE', id: string) => (file.may['customer.reveal']?.allowed
    ? { reveal: async (purpose: string) => (await call(revealNumber, { params: { customerId }, body: { what, id, purpose } })).value } : {})
  const { crossCheck, birthday } = file
  const differs = crossCheck ? [...(crossCheck.sex ? [] : [t('sex')]), ...(crossCheck.birthDate ? [] : [t('birthDate')])] : []
  return (
    <Block title={t('identities')} id="file-IDENTITY" actions={<ActionButton size="small" may={edit} refusals={addIdentity.refusals} onClick={() => setAdding(true)}>{t('addIdentity')}</ActionButton>}>
      <div className="yq-stack">
        {differs.length > 0 && <Note tone="warning">{t('crossWrong', { what: differs.join(mark('、')) })}</Note>}
        <dl className="yq-facts">
          {file.identities.map((one) => (
            <div key={one.id}>
              <dt>{called(one.kind)}</dt>
              <dd>
                {one.kind === 'USCC' && !one.masked.includes('*') ? <span className="yq-num">{grouped(one.masked)}</span> : <Masked masked={one.masked} what={called(one.kind)} {...reveal('IDENTITY', one.id)} />}
                <div className="yq-row yq-small">
                  {!one.checked && <Tag>{t('notChecked')}</Tag>}
                  {one.due === 'PAST' && <Tag tone="error" icon="⬣">{t('past')}</Tag>}
                  {one.due === 'SOON' && <Tag tone="warning" icon="■">{t('soon')}</Tag>}
                  {one.kind !== 'USCC' && <span className="yq-quiet">{one.expiresOn === null ? t('unlimited') : t('validUntil', { day: one.expiresOn })}</span>}
                  {edit?.allowed && one.kind !== 'USCC' && <Button size="small" type="link" aria-label={`${t('renew')} ${called(one.kind)}`} onClick={() => setRenewing(one)}>{t('renew')}</Button>}
                </div>
              </dd>
            </div>
          ))}
          {file.phones.map((phone) => (
            <div key={phone.id}>
              <dt>{phone.label === '手机' ? t(phone.endedOn === null ? 'phone' : 'formerPhone') : phone.label}</dt>
              <dd>
                <Masked masked={phone.masked} what={t('phone')} {...reveal('PHONE', phone.id)} />
                <div className="yq-row yq-small">
                  {phone.endedOn !== null && <span className="yq-quiet">{t('phoneEnded', { day: phone.endedOn, why: phone.endReason ?? '' })}</span>}
                  {phone.endedOn === null && edit?.allowed && <Button type="link" size="small" style={{ padding: 0 }} aria-label={t('endPhoneOf', { phone: phone.masked })} onClick={() => setEnding(phone)}>{t('endPhone')}</Button>}
                </div>
              </dd>
            </div>
          ))}
          {birthday && <div><dt>{t('greeting')}</dt><dd className="yq-num" style={{ whiteSpace: 'normal' }}>{t(birthday.calendar === 'LUNAR' ? 'greetingLunar' : 'greetingSolar', { said: birthday.said, next: birthday.next })}</dd></div>}
        </dl>
        {file.identities.length === 0 && file.phones.length === 0 && <span className="yq-quiet">{t('none')}</span>}
        {crossCheck && differs.length === 0 && <div className="yq-small yq-quiet">{t('crossOk')}</div>}
      </div>
      {adding && <AddIdentity customerId={customerId} company={file.kind === 'CORPORATE'} onClose={() => setAdding(false)} />}
      {renewing && <RenewIdentity customerId={customerId} identity={renewing} onClose={() => setRenewing(null)} />}
      {ending && <EndPhone customerId={customerId} phone={ending} onClose={() => setEnding(null)} />}
    </Block>
  )
}

function AddIdentity({ customerId, company, onClose }: { customerId: string; company: boolean; onClose: () => void }) {
  const t = useText(fileText)
  const toast = useToast()
  const called = useKindName()
  const { language } = useSettings()
  const { today } = useBank()
  const act = useAct(addIdentity, { refresh: ['customers'], onDone: () => toast(t('saved')) })
  const kinds: readonly IdentityKind[] = company ? ['USCC', 'LEGACY_ORG_CODE', 'OTHER'] : identityKinds.map((one) => one.code as IdentityKind)
  const form = useForm({
    initial: { id: newId(), kind: (company ? 'USCC' : 'RESIDENT_ID') as IdentityKind, number: '', expiresOn: null as string | null, reason: '' },
    check: ({ kind, number, reason }) => {
      const verdict = checkIdentity(kind, number, today)
      const [fault] = verdict.ok ? [] : verdict.faults
      return { number: fault && faultText(fault)[language], reason: [...reason.trim()].length < 2 ? t('needed') : undefined }
    },
    send: ({ id, kind, number, expiresOn, reason }) => act.mutateAsync({ params: { customerId }, body: { id, kind, number, expiresOn, reason } }),
  })
  return (
    <FormDrawer title={t('addIdentity')} open onClose={onClose} form={form} submit={t('save')}>
      <ChoiceField form={form} name="kind" label={t('identityKind')} required options={kinds.map((code) => ({ value: code, label: called(code) }))} />
      <TextField form={form} name="number" label={t('identityNumber')} required max={60} />
      <DayField form={form} name="expiresOn" label={t('expiresOn')} hint={t('withoutEnd')} />
      <TextField form={form} name="reason" label={t('reason')} required max={200} />
    </FormDrawer>
  )
}

function RenewIdentity({ customerId, identity, onClose }: { customerId: string; identity: Identity; onClose: () => void }) {
  const t = useText(fileText)
  const toast = useToast()
  const act = useAct(renewIdentity, { refresh: ['customers'], onDone: () => toast(t('saved')) })
  const form = useForm({
    initial: { expiresOn: identity.expiresOn, originalSeen: false, reason: '' },
    check: ({ originalSeen, reason }) => ({ originalSeen: originalSeen ? undefined : t('needOriginal'), reason: [...reason.trim()].length < 2 ? t('needed') : undefined }),
    send: ({ expiresOn, reason }) => act.mutateAsync({ params: { customerId, identityId: identity.id }, body: { expiresOn, originalSeen: true, reason } }),
  })
  return (
    <FormDrawer title={t('renewTitle')} open onClose={onClose} form={form} submit={t('save')}>
      <DayField form={form} name="expiresOn" label={t('expiresOn')} hint={t('withoutEnd')} />
      <CheckField form={form} name="originalSeen" label={t('originalSeen')} hint={form.errors.originalSeen} />
      <TextField form={form} name="reason" label={t('reason')} required max={200} />
    </FormDrawer>
  )
}

function EndPhone({ customerId, phone, onClose }: { customerId: string; phone: Phone; onClose: () => void }) {
  const t = useText(fileText)
  const toast = useToast()
  const act = useAct(endPhone, { refresh: ['customers'], onDone: () => toast(t('saved')) })
  const form = useForm({
    initial: { replacement: '', sameNameSeen: false, reason: '' },
    check: ({ replacement, reason }) => ({ replacement: replacement.trim() === '' || /^\+?[\d -]{5,25}$/.test(replacement.trim()) ? undefined : t('phoneShape'), reason: [...reason.trim()].length < 2 ? t('needed') : undefined }),
    send: ({ replacement, sameNameSeen, reason }) => act.mutateAsync({ params: { customerId, phoneId: phone.id }, body: { replacement: replacement.trim() === '' ? null : replacement.trim(), sameNameSeen, reason } }),
  })
  return (
    <FormDrawer title={t('endPhoneOf', { phone: phone.masked })} open onClose={onClose} form={form} submit={t('save')}>
      <TextField form={form} name="replacement" label={t('newPhone')} hint={t('newPhoneHint')} max={25} />
      <TextField form={form} name="reason" label={t('reason')} required max={200} />
      {form.refusal?.name === 'same-name' || form.errors.sameNameSeen !== undefined || form.values.sameNameSeen ? <CheckField form={form} name="sameNameSeen" label={t('otherCustomerSeen')} hint={form.errors.sameNameSeen} /> : null}
    </FormDrawer>
  )
}
