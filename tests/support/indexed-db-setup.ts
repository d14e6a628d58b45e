// Dexie looks for IndexedDB once, when it is loaded, and a worker stays for many files.
import 'fake-indexeddb/auto';
