/** The door. */
export default function SignIn() {
  return <main />
}
