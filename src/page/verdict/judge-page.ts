/** Written in its own room: see ARCHITECTURE.md. */
export {};
