/** Made by `messages.config.ts`: compiled messages of one language, by room. */
declare module 'virtual:messages/*' {
  const rooms: Readonly<Record<string, Readonly<Record<string, string>>>>;
  export default rooms;
}
