import { Button } from 'antd'
import { useState } from 'react'
import { newId } from '../../../foundation/values/uuid7.ts'
import { call, download, useAct, useContract, useUpload } from '../../../ui/client.ts'
import { useToast } from '../../../ui/Confirm.tsx'
import { DateText } from '../../../ui/DateText.tsx'
import { ErrorState } from '../../../ui/ErrorState.tsx'
import { Facts } from '../../../ui/Facts.tsx'
import { AreaField, CheckField, ChoiceField, DayField, RadioField, TextField } from '../../../ui/fields.tsx'
import { FileChoice } from '../../../ui/FileChoice.tsx'
import { FormDrawer } from '../../../ui/FormDrawer.tsx'
import { Masked } from '../../../ui/Masked.tsx'
import { Note } from '../../../ui/Note.tsx'
import { Skeleton } from '../../../ui/Skeleton.tsx'
import { useText } from '../../../ui/text.ts'
import { useForm } from '../../../ui/useForm.ts'
import { useSettings } from '../../../ui/settings.ts'
import { useBank } from '../../../ui/UiProvider.tsx'
import { revealNumber } from '../../customer.contract.ts'
import { identityKinds } from '../../file/file-fields.contract.ts'
import { attachProof, decideIdentityChange, downloadProof, getIdentityChanges, proposeIdentityChange, withdrawIdentityChange, type AskedChange, type IdentityChangesOf, type IdentityChangeView, type IdentityField } from '../../identity/identity-change.contract.ts'
import { checkIdentity, faultText, type IdentityKind } from '../../identity-number.rules.ts'
import { useKindName } from '../file/kind-name.ts'
import { identityText } from './identity-text.ts'

export const families = ['customers', 'customer', 'identity-changes'] as const
type PersonKind = NonNullable<Extract<AskedChange, { field: 'LEGAL_REPRESENTATIVE' }>['idKind']>
const personKinds = identityKinds.map((one) => one.code as PersonKind)

/** What changes, the paper that proves it, and why. Only what stands can be chosen: what is empty is entered directly. */
export function AskChange({ customerId, of, onClose }: { customerId: string; of: IdentityChangesOf; onClose: () => void }) {
  const t = useText(identityText)
  const toast = useToast()
  const called = useKindName()
  const { language } = useSettings()
  const { today } = useBank()
  const open = of.changes.filter((one) => one.state === 'OPEN').map((one) => one.field)
  const choices = (['NAME', ...(of.documents.length > 0 ? ['IDENTITY'] : []), ...(of.legalRepresentative !== null ? ['LEGAL_REPRESENTATIVE'] : [])] as IdentityField[]).filter((one) => !open.includes(one))
  const [file, setFile] = useState<File | null>(null)
  const send = useAct(proposeIdentityChange, { refresh: families })
  const attach = useUpload(attachProof, { refresh: families })
  const kinds: readonly IdentityKind[] = of.kind === 'CORPORATE' ? ['USCC', 'LEGACY_ORG_CODE', 'OTHER'] : personKinds
  const [first] = of.documents
  const form = useForm({
    initial: {
      id: newId(), field: (choices[0] ?? 'NAME') as string, name: '', documentId: first?.id ?? '', kind: (first?.kind ?? kinds[0] ?? 'OTHER') as string, number: '', expiresOn: null as string | null, personName: '', idKind: null as string | null, idNumber: '',
      proof: '', reason: '', sameNameSeen: false,
    },
    check: ({ field, name, kind, number, personName, idKind, idNumber, proof, reason }) => {
      const checked = (asKind: string, typed: string) => {
        const verdict = typed.trim() === '' ? null : checkIdentity(asKind as IdentityKind, typed, today)
        const [fault] = verdict === null || verdict.ok ? [] : verdict.faults
        return fault && faultText(fault)[language]
      }
      return {
        name: field === 'NAME' && [...name.trim()].length < 2 ? t('needed') : undefined, number: field === 'IDENTITY' ? checked(kind, number) : undefined,
        personName: field === 'LEGAL_REPRESENTATIVE' && personName.trim() === '' ? t('needed') : undefined,
        idNumber: field !== 'LEGAL_REPRESENTATIVE' ? undefined : (idKind === null) !== (idNumber.trim() === '') ? t('together') : idKind === null ? undefined : checked(idKind, idNumber),
        proof: [...proof.trim()].length < 2 ? t('needed') : undefined, reason: [...reason.trim()].length < 2 ? t('needed') : undefined,
      }
    },
    send: async ({ id, field, name, documentId, kind, number, expiresOn, personName, idKind, idNumber, proof, reason, sameNameSeen }) => {
      const said = { id, proof, reason, sameNameSeen }
      await send.mutateAsync({
        params: { customerId },
        body: field === 'NAME' ? { field: 'NAME', name, ...said }
          : field === 'IDENTITY' ? { field: 'IDENTITY', documentId, kind: kind as IdentityKind, number: number.trim() === '' ? null : number, expiresOn, ...said }
            : { field: 'LEGAL_REPRESENTATIVE', personName, idKind: idKind as PersonKind | null, idNumber: idNumber.trim() === '' ? null : idNumber, ...said },
      })
      // the same request again is the first answer again: a scan that failed is sent once more
      if (file) await attach.mutateAsync({ params: { customerId, changeId: id }, body: { id: newId() }, file })
    },
  })
  const { field, documentId, sameNameSeen } = form.values
  const seen = form.refusal?.name === 'same-name' || form.errors.sameNameSeen !== undefined || sameNameSeen
  return (
    <FormDrawer title={t('askTitle')} open onClose={onClose} form={form} submit={t('send')} onDone={() => toast(t('sent'))}>
      <Note tone="info">{t('askHint')}</Note>
      <RadioField form={form} name="field" label={t('what')} required options={choices.map((value) => ({ value, label: t(value) }))} />
      {field === 'NAME' && (
        <>
          <Facts facts={[{ label: t('now'), value: of.name }]} />
          <TextField form={form} name="name" label={t('newName')} required max={120} hint={t('asInPapers')} />
        </>
      )}
      {field === 'IDENTITY' && (
        <>
          <ChoiceField form={form} name="documentId" label={t('document')} required options={of.documents.map((one) => ({ value: one.id, label: `${called(one.kind)} ${one.masked}` }))} />
          <ChoiceField form={form} name="kind" label={t('newKind')} required options={kinds.map((code) => ({ value: code, label: called(code) }))} />
          <TextField form={form} name="number" label={t('newNumber')} max={60} hint={t('keepNumber')} />
          {of.kind === 'PERSON' && documentId !== '' && <DayField form={form} name="expiresOn" label={t('expiresOn')} hint={t('withoutEnd')} />}
        </>
      )}
      {field === 'LEGAL_REPRESENTATIVE' && (
        <>
          <Facts facts={[{ label: t('now'), value: of.legalRepresentative }]} />
          <TextField form={form} name="personName" label={t('newPerson')} required max={60} />
          <ChoiceField form={form} name="idKind" label={t('idKind')} options={personKinds.map((code) => ({ value: code, label: called(code) }))} hint={t('idHint')} />
          <TextField form={form} name="idNumber" label={t('idNumber')} max={40} />
        </>
      )}
      <TextField form={form} name="proof" label={t('proof')} required max={120} hint={t('proofHint')} />
      {attachProof.upload && <FileChoice label={t('scan')} rule={attachProof.upload} file={file} onChange={setFile} />}
      <AreaField form={form} name="reason" label={t('reason')} required max={200} />
      {seen && <CheckField form={form} name="sameNameSeen" label={t('sameNameSeen')} hint={form.errors.sameNameSeen} />}
    </FormDrawer>
  )
}

/** From what to what, in one line: values in clear, numbers masked. */
export function FromTo({ change }: { change: IdentityChangeView }) {
  const called = useKindName()
  const { field, from, to, fromMasked, toMasked } = change
  if (field === 'IDENTITY') return <span className="yq-num" style={{ whiteSpace: 'normal' }}>{from !== to ? `${called(from ?? '')} ` : ''}{fromMasked} → {called(to)} {toMasked}</span>
  return <span style={{ overflowWrap: 'anywhere' }}>{from === to ? to : `${from ?? '--'} → ${to}`}{toMasked !== null && <span className="yq-quiet yq-num"> · {toMasked}</span>}</span>
}

/** The whole of what is asked, and the decision. The customer is opened: whoever may not see him decides nothing. */
export function DecideChange({ customerId, changeId, name, onClose }: { customerId: string; changeId: string; name: string; onClose: () => void }) {
  const t = useText(identityText)
  const toast = useToast()
  const called = useKindName()
  const [loading, setLoading] = useState(false)
  const { data, error, refetch } = useContract(getIdentityChanges, { params: { customerId } })
  const send = useAct(decideIdentityChange, { refresh: families })
  const form = useForm({
    initial: { decision: null as string | null, note: '', sameNameSeen: false },
    check: ({ decision, note }) => ({ decision: decision === null ? t('choose') : undefined, note: decision === 'RETURNED' && note.trim() === '' ? t('noteNeeded') : undefined }),
    send: ({ decision, note, sameNameSeen }) => send.mutateAsync({ params: { customerId, changeId }, body: { decision: decision === 'CONFIRMED' ? 'CONFIRMED' : 'RETURNED', sameNameSeen, ...(note.trim() === '' ? {} : { note: note.trim() }) } }),
  })
  const change = data?.changes.find((one) => one.id === changeId)
  const { decision, sameNameSeen } = form.values
  const seen = form.refusal?.name === 'same-name' || form.errors.sameNameSeen !== undefined || sameNameSeen
  const reveal = async (purpose: string): Promise<string> => (await call(revealNumber, { params: { customerId }, body: { what: 'IDENTITY_CHANGE', id: changeId, purpose } })).value
  return (
    <>
      <FormDrawer title={t('decideTitle', { name })} open onClose={onClose} form={form} submit={t(decision === 'RETURNED' ? 'giveBack' : 'confirm')} onDone={() => toast(t(decision === 'RETURNED' ? 'returned' : 'confirmed'))}>
        {!change ? error ? <ErrorState error={error} onRetry={() => void refetch()} /> : <Skeleton lines={6} /> : (
          <>
            <Facts facts={[
              { label: t('what'), value: <strong>{t(change.field)}</strong> }, { label: t('fromTo'), value: <FromTo change={change} /> },
              ...(change.toMasked === null ? [] : [{ label: change.field === 'IDENTITY' ? t('number') : t('representativeOf', { name: change.to }), value: <>{change.idKind !== null && `${called(change.idKind)} `}<Masked masked={change.toMasked} what={t('number')} reveal={reveal} reason={change.reason} /></> }]),
              ...(change.field === 'IDENTITY' && change.expiresOn !== null ? [{ label: t('expiresOn'), value: <DateText date={change.expiresOn} /> }] : []),
              { label: t('proof'), value: change.proof }, { label: t('scan'), value: change.file ? <Button type="link" style={{ padding: 0, height: 'auto' }} onClick={() => setLoading(true)}>{change.file.name}</Button> : <span className="yq-quiet">{t('noScan')}</span> },
              { label: t('reason'), value: change.reason }, { label: t('asked'), value: t('askedBy', { name: change.proposedBy, day: change.proposedOn }) },
            ]} />
            <RadioField form={form} name="decision" label={t('decision')} required options={[{ value: 'CONFIRMED', label: t('confirm') }, { value: 'RETURNED', label: t('giveBack') }]} hint={decision === null ? undefined : t(decision === 'CONFIRMED' ? 'confirmHint' : 'returnHint')} />
            <AreaField form={form} name="note" label={t('note')} required={decision === 'RETURNED'} max={200} />
            {seen && <CheckField form={form} name="sameNameSeen" label={t('sameNameSeen')} hint={form.errors.sameNameSeen} />}
          </>
        )}
      </FormDrawer>
      {loading && change?.file && <DownloadProof customerId={customerId} changeId={changeId} name={change.file.name} onClose={() => setLoading(false)} />}
    </>
  )
}

export function DownloadProof({ customerId, changeId, name, onClose }: { customerId: string; changeId: string; name: string; onClose: () => void }) {
  const t = useText(identityText)
  const form = useForm({
    initial: { purpose: '' },
    check: ({ purpose }) => ({ purpose: [...purpose.trim()].length < 2 ? t('needed') : undefined }),
    send: ({ purpose }) => download(downloadProof, { params: { customerId, changeId }, body: { purpose } }),
  })
  return (
    <FormDrawer title={t('downloadTitle', { name })} open onClose={onClose} form={form} submit={t('download')}>
      <TextField form={form} name="purpose" label={t('purpose')} required max={100} hint={t('purposeHint')} />
    </FormDrawer>
  )
}

export function WithdrawChange({ customerId, changeId, onClose }: { customerId: string; changeId: string; onClose: () => void }) {
  const t = useText(identityText)
  const toast = useToast()
  const send = useAct(withdrawIdentityChange, { refresh: families })
  const form = useForm({
    initial: { reason: '' },
    check: ({ reason }) => ({ reason: [...reason.trim()].length < 2 ? t('needed') : undefined }),
    send: ({ reason }) => send.mutateAsync({ params: { customerId, changeId }, body: { reason } }),
  })
  return (
    <FormDrawer title={t('withdrawTitle')} open onClose={onClose} form={form} submit={t('withdraw')} onDone={() => toast(t('withdrawn'))}>
      <AreaField form={form} name="reason" label={t('withdrawReason')} required max={200} />
    </FormDrawer>
  )
}
