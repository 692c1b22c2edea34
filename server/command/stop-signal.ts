/** Comes true when this process is told to stop: by Ctrl-C, by SIGTERM, or because the keeper that started it is gone. */
export function stopSignal(): Promise<void> {
  return new Promise((resolve) => {
    process.once('SIGINT', () => resolve())
    process.once('SIGTERM', () => resolve())
    process.once('disconnect', () => resolve())
    // The channel to a keeper must not keep this process from ending.
    process.channel?.unref()
  })
}
