#include "jpeg.h"

#include <setjmp.h>
#include <stdio.h>
/* After stdio.h, which it needs. */
#include <jpeglib.h>

struct error_manager {
  struct jpeg_error_mgr base; /* first, so that a pointer to it is a pointer to this */
  jmp_buf caller;
  char* message;
};

static void fail(j_common_ptr codec) {
  struct error_manager* errors = (struct error_manager*)codec->err;
  char text[JMSG_LENGTH_MAX];
  codec->err->format_message(codec, text);
  snprintf(errors->message, jpeg_message_size, "%.*s", jpeg_message_size - 1, text);
  longjmp(errors->caller, 1);
}

/* Level -1 is a warning: the data are damaged. The others are for debugging. */
static void fail_on_warnings(j_common_ptr codec, int level) {
  if (level < 0) fail(codec);
}

static void prepare(struct error_manager* errors, char* message) {
  jpeg_std_error(&errors->base);
  errors->base.error_exit = fail;
  errors->base.emit_message = fail_on_warnings;
  errors->message = message;
}

int jpeg_read(const unsigned char* bytes, size_t size, unsigned char* pixels, unsigned width, unsigned height,
              char message[jpeg_message_size]) {
  struct jpeg_decompress_struct decoder = {0};
  struct error_manager errors;
  prepare(&errors, message);
  decoder.err = &errors.base;
  if (setjmp(errors.caller)) {
    jpeg_destroy_decompress(&decoder);
    return 1;
  }
  jpeg_create_decompress(&decoder);
  jpeg_mem_src(&decoder, bytes, size);
  jpeg_read_header(&decoder, TRUE);
  if (decoder.image_width != width || decoder.image_height != height || decoder.num_components != 3) {
    snprintf(message, jpeg_message_size, "%u by %u with %d colours, not %u by %u with 3", decoder.image_width,
             decoder.image_height, decoder.num_components, width, height);
    jpeg_destroy_decompress(&decoder);
    return 1;
  }
  decoder.out_color_space = JCS_RGB;
  jpeg_start_decompress(&decoder);
  while (decoder.output_scanline < height) {
    JSAMPROW row = pixels + (size_t)decoder.output_scanline * width * 3;
    jpeg_read_scanlines(&decoder, &row, 1);
  }
  jpeg_finish_decompress(&decoder);
  const size_t left = decoder.src->bytes_in_buffer;
  jpeg_destroy_decompress(&decoder);
  if (left > 0) snprintf(message, jpeg_message_size, "%zu bytes follow its end", left);
  return left > 0;
}

/* libjpeg's own memory destination grows on the heap; this one stays where it is told to write. */
static void begin(j_compress_ptr encoder) { (void)encoder; }
static void end(j_compress_ptr encoder) { (void)encoder; }
static boolean overflow(j_compress_ptr encoder) {
  struct error_manager* errors = (struct error_manager*)encoder->err;
  snprintf(errors->message, jpeg_message_size, "the JPEG is larger than the memory for it");
  longjmp(errors->caller, 1);
}

int jpeg_write(const unsigned char* pixels, unsigned width, unsigned height, int quality,
               unsigned char* bytes, size_t* size, char message[jpeg_message_size]) {
  struct jpeg_compress_struct encoder = {0};
  struct error_manager errors;
  struct jpeg_destination_mgr destination = {bytes, *size, begin, overflow, end};
  prepare(&errors, message);
  encoder.err = &errors.base;
  if (setjmp(errors.caller)) {
    jpeg_destroy_compress(&encoder);
    return 1;
  }
  jpeg_create_compress(&encoder);
  encoder.dest = &destination;
  encoder.image_width = width;
  encoder.image_height = height;
  encoder.input_components = 3;
  encoder.in_color_space = JCS_RGB;
  jpeg_set_defaults(&encoder);
  jpeg_set_quality(&encoder, quality, TRUE);
  jpeg_start_compress(&encoder, TRUE);
  while (encoder.next_scanline < height) {
    JSAMPROW row = (JSAMPROW)pixels + (size_t)encoder.next_scanline * width * 3;
    jpeg_write_scanlines(&encoder, &row, 1);
  }
  jpeg_finish_compress(&encoder);
  jpeg_destroy_compress(&encoder);
  *size -= destination.free_in_buffer;
  return 0;
}
