// For machines that multiply bytes: rows and weights are read as they are stored.

typedef uint8_t tile_input;
typedef ivec four;
typedef ivec weights;

INLINE void prepare(const uint8_t *from, tile_input *to, size_t count) {
    (void)from, (void)to, (void)count; // A row is read as it is.
}

INLINE weights load_weights(ivec bytes) { return bytes; }
