import { Button } from 'antd'
import { useState } from 'react'
import { newId } from '../../foundation/values/uuid7.ts'
import { ActionButton } from '../../ui/ActionButton.tsx'
import { Block } from '../../ui/Block.tsx'
import { addressOf } from '../../ui/client-path.ts'
import { useAct, useContract, useUpload } from '../../ui/client.ts'
import { useToast } from '../../ui/Confirm.tsx'
import { Moment } from '../../ui/DateText.tsx'
import { AreaField, CheckField } from '../../ui/fields.tsx'
import { FileChoice } from '../../ui/FileChoice.tsx'
import { FormDrawer } from '../../ui/FormDrawer.tsx'
import { Tag } from '../../ui/Tag.tsx'
import { useText } from '../../ui/text.ts'
import { useForm } from '../../ui/useForm.ts'
import { addPhoto, listPhotos, removePhoto, showPhoto, type PhotoView } from '../photo.contract.ts'
import { visitsText } from './visits-text.ts'

type Of = { customerId: string; contactId: string }

/** Where the device is now, as the server wants it; null when it does not say. */
export function positionNow(): Promise<{ latitude: number; longitude: number; accuracyM: number; at: string } | null> {
  return new Promise((resolve) => {
    if (!('geolocation' in navigator)) return resolve(null)
    navigator.geolocation.getCurrentPosition(
      ({ coords, timestamp }) => resolve({ latitude: coords.latitude, longitude: coords.longitude, accuracyM: Math.min(100_000, coords.accuracy), at: new Date(timestamp).toISOString() }),
      () => resolve(null), { enableHighAccuracy: false, timeout: 8_000, maximumAge: 60_000 },
    )
  })
}

/** The photos of a record with their time, their rough place, and whether they were used before. */
export function Photos({ customerId, contactId }: Of) {
  const t = useText(visitsText)
  const [adding, setAdding] = useState(false)
  const [removing, setRemoving] = useState<PhotoView | null>(null)
  const source = useContract(listPhotos, { params: { customerId, contactId } })
  const items = source.data?.items ?? []
  return (
    <Block
      title={t('photos')} loading={!source.data} error={source.error} onRetry={() => void source.refetch()}
      actions={<ActionButton size="small" may={source.data?.may['add']} refusals={addPhoto.refusals} onClick={() => setAdding(true)}>{t('addPhoto')}</ActionButton>}
    >
      {items.length === 0 ? <span className="yq-quiet">{t('noPhotos')}</span> : (
        <ul className="yq-photos">
          {items.map((photo, place) => {
            const address = (size: 'small' | 'large'): string => addressOf(showPhoto.path, { customerId, contactId, photoId: photo.id }, { size })
            return (
              <li key={photo.id}>
                <a href={address('large')} target="_blank" rel="noreferrer"><img src={address('small')} alt={`${t('photo')} ${place + 1}`} loading="lazy" /></a>
                {photo.usedBefore !== 'NO' && <Tag tone={photo.usedBefore === 'ELSEWHERE' ? 'orange' : 'yellow'} icon={photo.usedBefore === 'ELSEWHERE' ? '◆' : '■'}>{t(photo.usedBefore)}</Tag>}
                <span className="yq-small yq-quiet">{photo.takenAt === null ? t('noTime') : <Moment at={photo.takenAt} />}</span>
                {photo.place && <span className="yq-small yq-quiet yq-num">{t('at', photo.place)}</span>}
                {source.data?.may['add']?.allowed && <Button size="small" type="text" aria-label={`${t('removePhoto')} ${place + 1}`} onClick={() => setRemoving(photo)}>{t('remove')}</Button>}
              </li>
            )
          })}
        </ul>
      )}
      {adding && <AddPhoto customerId={customerId} contactId={contactId} onClose={() => setAdding(false)} />}
      {removing && <RemovePhoto key={removing.id} customerId={customerId} contactId={contactId} photo={removing} onClose={() => setRemoving(null)} />}
    </Block>
  )
}

function AddPhoto({ customerId, contactId, onClose }: Of & { onClose: () => void }) {
  const t = useText(visitsText)
  const toast = useToast()
  const [id] = useState(newId)
  const [file, setFile] = useState<File | null>(null)
  const [missing, setMissing] = useState(false)
  const send = useUpload(addPhoto, { refresh: ['contact'] })
  const form = useForm({
    initial: { placeConsent: false }, check: () => ({}),
    send: async ({ placeConsent }) => {
      setMissing(file === null)
      if (!file) throw new Error('no photo was chosen')
      const answer = await send.mutateAsync({ params: { customerId, contactId }, body: { id, placeConsent, position: placeConsent ? await positionNow() : null }, file })
      toast(answer.usedBefore === 'NO' ? t('photoAdded') : answer.usedBefore === 'ELSEWHERE' ? t('photoElsewhere') : t('photoUsed', { day: answer.usedOn ?? '' }))
    },
  })
  return (
    <FormDrawer title={t('addPhoto')} open onClose={onClose} form={{ ...form, submit: () => (file === null ? (setMissing(true), Promise.resolve(false)) : form.submit()) }} submit={t('submit')}>
      <FileChoice label={t('photoFile')} rule={addPhoto.upload ?? { kinds: [], most: 0 }} file={file} onChange={setFile} required error={missing && file === null ? t('needPhoto') : undefined} />
      <CheckField form={form} name="placeConsent" label={t('withPlace')} hint={t('withPlaceHint')} />
    </FormDrawer>
  )
}

function RemovePhoto({ customerId, contactId, photo, onClose }: Of & { photo: PhotoView; onClose: () => void }) {
  const t = useText(visitsText)
  const toast = useToast()
  const act = useAct(removePhoto, { refresh: ['contact'] })
  const form = useForm({
    initial: { reason: '' }, check: (told) => ({ reason: told.reason.trim().length < 2 ? t('needReason') : undefined }),
    send: (told) => act.mutateAsync({ params: { customerId, contactId, photoId: photo.id }, body: { reason: told.reason } }),
  })
  return (
    <FormDrawer title={t('removePhoto')} open onClose={onClose} form={form} submit={t('remove')} onDone={() => toast(t('photoRemoved'))}>
      <AreaField form={form} name="reason" label={t('note')} required max={200} rows={2} />
    </FormDrawer>
  )
}
