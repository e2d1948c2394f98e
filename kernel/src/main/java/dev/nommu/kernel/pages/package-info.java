/**
 * Which pages of RAM, and which addresses of devices, belong to a plugin.
 *
 * <p>Lock order: the monitor of {@link dev.nommu.kernel.pages.OwnedPages} is taken before that of
 * the allocator; while it is held, only a sanitizer is called.
 */
@NullMarked
package dev.nommu.kernel.pages;

import org.jspecify.annotations.NullMarked;
