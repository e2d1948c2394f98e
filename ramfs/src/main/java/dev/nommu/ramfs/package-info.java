/**
 * ramfs and, under another name, tmpfs (rules MEMF-01 to MEMF-11, TRUNC-01 to TRUNC-10, PSHM-01 and
 * PSHM-02).
 *
 * <p>Lock order, outermost first:
 *
 * <pre>
 * RamFileSystem   names, link counts
 *   FileMemory    size and pages of one file
 *     PageSource  the machine's page allocator
 * </pre>
 */
@NullMarked
package dev.nommu.ramfs;

import org.jspecify.annotations.NullMarked;
