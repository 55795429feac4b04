import { SecretNotes } from '../../conduct/pages/SecretNotes.tsx'
import { findPeople } from '../../visits/pages/ContactForm.tsx'

/** The desk's notes, with colleagues to name found among all. */
export default function AmlNotes() {
  return <SecretNotes findPeople={findPeople} />
}
